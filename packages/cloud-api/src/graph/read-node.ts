import { isWadeskError } from "@wadesk/core";
import type { Wire } from "../wire/wire.ts";
import type { Graph } from "./graph.ts";

/** Reads fields of a node, without those that the version lacks: they differ, and Meta refuses a request for one that there is not. */
export async function readNode(graph: Graph, id: string, fields: readonly string[]): Promise<Wire> {
  try {
    return await graph.get([id], { fields: fields.join(",") });
  } catch (error) {
    const absent = isWadeskError(error, "provider_refused")
      ? /nonexisting field \((\w+)\)/.exec(error.vendor?.message ?? "")?.[1]
      : undefined;
    const left = fields.filter((field) => field !== absent);
    if (left.length === fields.length || left.length === 0) throw error;
    return readNode(graph, id, left);
  }
}

/** What Meta lets this token see, or nothing where it says that it may not; what cannot be asked for now rejects. */
export async function ifShown<Result>(asking: Promise<Result>): Promise<Result | undefined> {
  try {
    return await asking;
  } catch (error) {
    if (!isWadeskError(error) || error.remedy === "retry" || error.remedy === "wait") throw error;
    return undefined;
  }
}
