import type { Connection } from "../model/connection.ts";
import type { Contact } from "../model/contact.ts";
import type { OwnedEvent } from "../model/event.ts";
import type { MessageRow } from "../model/message.ts";
import type { KeptEvent } from "../ports/stores/inbox-store.ts";

/** How a workspace is deleted. */
export interface DeleteWorkspaceOptions {
  /** Goes on when a vendor cannot be told that a connection ends. The log names each; end it in the provider's console. */
  readonly force?: boolean;
}

/** What was deleted. */
export interface DeletedWorkspace {
  /** How many connections were ended and forgotten. */
  readonly connections: number;
  /** How many rows of sent messages. */
  readonly messages: number;
  /** Those that were waiting, running or dead, and the keys of completed ones. */
  readonly events: number;
}

/** One row of an export: plain JSON, without any secret. */
export type ExportedRow =
  | {
      readonly kind: "connection";
      /** As `get` answers it. */
      readonly connection: Connection;
    }
  | {
      readonly kind: "message";
      /** As `message` answers it. */
      readonly message: MessageRow;
    }
  | {
      readonly kind: "event";
      /** As its handler gets it. */
      readonly event: OwnedEvent;
      /** What becomes of it: it waits, runs, or was given up. */
      readonly state: KeptEvent["state"];
    }
  /** By one of a contact's names: the connection that it last spoke with, and when, in milliseconds since the epoch. */
  | {
      readonly kind: "last-number";
      /** One of the contact's names. */
      readonly contact: Contact;
      /** Our id of the connection. */
      readonly connectionId: string;
      /** Milliseconds since the epoch. */
      readonly at: number;
    };
