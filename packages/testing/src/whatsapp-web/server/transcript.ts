import type { Clock } from "@wadesk/core";
import type { Connection } from "../wire/connection.ts";
import type { BinaryNode } from "../wire/node.ts";
import { nodeText } from "../wire/node-text.ts";

/** What passed between the server and its clients. */
export interface Transcript {
  note(connection: Connection, direction: "in" | "out", stanza: BinaryNode): void;
  /** The newest stanzas, the oldest of them first, each with its time, its connection and its direction. */
  text(): string;
}

const STANZAS_KEPT = 2_000;

/** Keeps the newest 2,000 stanzas. They are put into words when somebody asks. */
export function transcript(clock: Clock): Transcript {
  const kept: { readonly at: number; readonly connection: number; readonly direction: "in" | "out"; readonly stanza: BinaryNode }[] = [];
  return {
    note: ({ id }, direction, stanza) => {
      kept.push({ at: clock.now(), connection: id, direction, stanza });
      if (kept.length > STANZAS_KEPT * 2) kept.splice(0, STANZAS_KEPT);
    },
    text: () =>
      kept
        .slice(-STANZAS_KEPT)
        .map(({ at, connection, direction, stanza }) => {
          const time = new Date(at).toISOString().slice(11, 23);
          return `${time} #${connection} ${direction === "in" ? "client → server" : "server → client"}\n${nodeText(stanza, "  ")}`;
        })
        .join("\n"),
  };
}
