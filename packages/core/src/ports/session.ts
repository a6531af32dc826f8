import type { Connection } from "../model/connection.ts";
import type { InboundEvent } from "../model/event.ts";
import type { Signal } from "../status/connection-status.ts";
import type { ConnectionContext } from "./context.ts";

/** What a session has beside the connection's context. */
export interface SessionContext<Settings, Secret> extends ConnectionContext<Settings, Secret> {
  readonly report: (signal: Signal) => void;
  /** Resolves when the events are stored. */
  readonly receive: (events: readonly InboundEvent[]) => Promise<void>;
}

/** A channel that holds a socket. */
export interface ChannelSession<Details, Secret, Settings> {
  open(connection: Connection<Details>, context: SessionContext<Settings, Secret>): Promise<{ close(): Promise<void> }>;
}
