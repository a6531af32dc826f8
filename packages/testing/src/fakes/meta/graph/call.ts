import type { FileAnswer } from "../../stage/file-faults.ts";
import type { MetaState, NumberState, WabaState } from "../state.ts";
import type { Caller } from "./access.ts";
import { unsupportedRequest } from "./graph-error.ts";
import type { GraphRequest } from "./graph-request.ts";

/** A call that was let in, as an operation gets it. */
export interface Call {
  readonly state: MetaState;
  readonly request: GraphRequest;
  readonly caller: Caller;
  /** Does Meta's GET challenge; throws with the reason when it is not echoed. */
  readonly challenge: (url: string, verifyToken: string) => Promise<void>;
  /** Runs once the answer is on its way. */
  readonly afterAnswer: (work: () => void) => void;
}

/** What an operation answers: JSON, or bytes with their type. */
export interface GraphAnswer extends FileAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** An operation. */
export type Operation = (call: Call) => GraphAnswer | Promise<GraphAnswer>;

/** The account that the path names. */
export function wabaOf(call: Call): WabaState {
  const waba = call.state.wabas.get(idOf(call));
  if (!waba) throw unsupportedRequest(call.request.method, idOf(call));
  return waba;
}

/** The number that the path names. */
export function numberOf(call: Call): NumberState {
  const number = call.state.numbers.get(idOf(call));
  if (!number) throw unsupportedRequest(call.request.method, idOf(call));
  return number;
}

/** The id that the path begins with. */
export function idOf(call: Call): string {
  return call.request.path[0] ?? "";
}
