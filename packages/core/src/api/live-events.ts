import type { Connection } from "../model/connection.ts";
import type { EventType, WadeskEvent } from "../model/event.ts";
import type { LinkStep } from "../ports/context.ts";
import type { ConnectionStatus } from "../status/connection-status.ts";

/** What `on` tells. Every event type as it comes in, and what happens in the client itself. */
export type LiveEvents = { [Type in EventType]: [event: WadeskEvent<Type>] } & {
  /** An event was completed: its handler resolved, or it had none. */
  "event.completed": [event: WadeskEvent];
  /** An event was given up after its last attempt; `deadLetters.replay` brings it back. */
  "event.died": [event: WadeskEvent, reason: string];
  /** A connection was made, or its state, label, facts or warnings moved; `previous` is the status before, where that moved. In the process that did it. */
  "connection.changed": [change: { readonly connection: Connection; readonly previous?: ConnectionStatus }];
  /** A connection was forgotten, with all that belonged to it. */
  "connection.removed": [removed: { readonly workspaceId: string; readonly connectionId: string }];
  /** A number that is being linked came to a step: a QR, a code, a check. */
  "connection.step": [progress: { readonly workspaceId: string; readonly connectionId: string; readonly step: LinkStep }];
};
