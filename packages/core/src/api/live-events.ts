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
  "connection.changed": [change: { readonly connection: Connection; readonly previous?: ConnectionStatus }];
  "connection.removed": [removed: { readonly workspaceId: string; readonly connectionId: string }];
  "connection.step": [progress: { readonly workspaceId: string; readonly connectionId: string; readonly step: LinkStep }];
};
