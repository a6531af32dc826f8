import { viewOf } from "../connections/view.ts";
import type { Engine } from "../engine/engine.ts";
import { checkRequest } from "../fields/check-fields.ts";
import { invalidField } from "../fields/invalid.ts";
import type { Connection } from "../model/connection.ts";
import type { Contact } from "../model/contact.ts";
import { readRecipient } from "./recipient.ts";

/**
 * The connection that a contact last spoke with, as it now stands; none where nothing was said for long, or it was removed. Rejects with `recipient_invalid` for
 * a phone that is none, and with `input_invalid` for what is no contact.
 */
export async function lastNumberOf(engine: Engine, workspaceId: string, contact: string | Contact): Promise<Connection | undefined> {
  const id = await engine.lastNumbers.of(workspaceId, readContact(contact));
  const row = id === undefined ? undefined : await engine.storage.connections.get(workspaceId, id);
  return row && viewOf(engine, row);
}

function readContact(contact: string | Contact): Contact {
  if (typeof contact !== "string" && (typeof contact !== "object" || contact === null))
    throw invalidField("contact", "give a phone, or a contact as an event gave it", "required");
  if (typeof contact !== "string") {
    const names = { phone: "text", userId: "text", lid: "text", username: "text" } as const;
    checkRequest<Contact>(contact, { ...names, name: "text", parentUserId: "text", identityKey: "text" });
  }
  return readRecipient(contact, "contact");
}
