import type { Contact, GroupChanged } from "@wadesk/core";
import type { WebMessage } from "../baileys/baileys.ts";
import { contactOf, isGroup } from "../numbers/jid.ts";

/** What WhatsApp tells of a group, beside who did it and the vendor's own item. */
export type GroupNotice = Pick<GroupChanged, "change" | "added" | "removed" | "promoted" | "demoted" | "value"> & {
  /** Whom it is about where that is not who did it. */
  readonly contact?: Contact;
};

type Told = (parameters: readonly string[]) => GroupNotice;

const value =
  (change: string): Told =>
  ([first]) => ({ change, ...(first !== undefined && { value: first }) });
const people =
  (change: string, field: "added" | "removed" | "promoted" | "demoted"): Told =>
  (parameters) => ({ change, [field]: parameters.flatMap((each) => readPerson(each) ?? []) });

/** By WebMessageInfo.StubType in WAProto: a group's notices come as messages without words. */
const NOTICES: Readonly<Record<number, Told>> = {
  20: value("created"),
  21: value("subject"),
  22: () => ({ change: "picture" }),
  23: value("invite"),
  24: value("description"),
  25: value("locked"),
  26: value("announcement"),
  27: people("added", "added"),
  28: people("removed", "removed"),
  29: people("promoted", "promoted"),
  30: people("demoted", "demoted"),
  31: people("joined", "added"),
  32: people("left", "removed"),
  33: () => ({ change: "number_changed" }),
  71: people("joined", "added"),
  145: value("join_approval"),
  171: value("member_add_mode"),
  172: ([person = "", what = ""]) => {
    const contact = readAsker(person);
    return { change: `join_${what || "requested"}`, ...(contact && { contact }) };
  },
};

// ProtocolMessage.Type in WAProto
const EPHEMERAL_SETTING = 3;

/** What a message tells of its group; nothing where it is no notice. */
export function readGroupNotice({
  key,
  message,
  messageStubType,
  messageStubParameters,
}: Pick<WebMessage, "key" | "message" | "messageStubType" | "messageStubParameters">): GroupNotice | undefined {
  if (!isGroup(key.remoteJid)) return undefined;
  const told = message?.protocolMessage;
  if (told?.type === EPHEMERAL_SETTING) return { change: "disappearing", value: String(told.ephemeralExpiration ?? 0) };
  return NOTICES[messageStubType ?? -1]?.(messageStubParameters ?? []);
}

function readPerson(json: string): Contact | undefined {
  const { id, phoneNumber, lid, username } = readJson(json);
  const contact = contactOf([id, phoneNumber, lid]);
  return contact && { ...contact, ...(username !== undefined && { username }) };
}

function readAsker(json: string): Contact | undefined {
  const { lid, pn } = readJson(json);
  return contactOf([lid, pn]);
}

function readJson(text: string): Readonly<Record<string, string | undefined>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return {};
    return Object.fromEntries(Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === "string"));
  } catch {
    return {};
  }
}
