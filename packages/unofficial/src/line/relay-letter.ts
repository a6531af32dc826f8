import type { BinaryNode, Body, Socket } from "../baileys/baileys.ts";
import type { Letter } from "./letter.ts";

// Message.ProtocolMessage.Type in WAProto
const REVOKE = 0;
const MESSAGE_EDIT = 14;

/** Hands a letter to the client. Resolves when its bytes have left. */
export async function relayLetter(socket: Pick<Socket, "relayMessage" | "authState">, letter: Letter): Promise<void> {
  const { id, jid, body } = letter;
  if (letter.groupSealed() !== undefined) await forgetWhoHasTheKey(socket, letter);
  const { attributes, nodes } = marksOf(body, jid);
  await socket.relayMessage(jid, body, { messageId: id, additionalAttributes: { ...attributes }, additionalNodes: [...nodes] });
}

// what may never have arrived told them
async function forgetWhoHasTheKey({ authState: { keys } }: Pick<Socket, "authState">, letter: Letter): Promise<void> {
  const { [letter.jid]: known } = await keys.get("sender-key-memory", [letter.jid]);
  if (!known) return;
  const told = new Set(letter.devices());
  const left = Object.fromEntries(Object.entries(known).filter(([device]) => !told.has(device)));
  await keys.set({ "sender-key-memory": { [letter.jid]: left } });
}

/** What a stanza says of its message beside the message, as `sendMessage` of Baileys 7.0.0-rc14 has it. Pure. */
export function marksOf(
  { protocolMessage, pinInChatMessage, editedMessage, eventMessage, ...rest }: Body,
  jid: string,
): { readonly attributes: Readonly<Record<string, string>>; readonly nodes: readonly BinaryNode[] } {
  const changed = editedMessage?.message?.protocolMessage ?? protocolMessage;
  const { type, key } = changed ?? {};
  if (changed && (type ?? REVOKE) === REVOKE) return { attributes: { edit: jid.endsWith("@g.us") && !key?.fromMe ? "8" : "7" }, nodes: [] };
  if (type === MESSAGE_EDIT) return { attributes: { edit: "1" }, nodes: [] };
  if (pinInChatMessage) return { attributes: { edit: "2" }, nodes: [] };
  if (rest.pollCreationMessage || rest.pollCreationMessageV2 || rest.pollCreationMessageV3)
    return { attributes: {}, nodes: [meta({ polltype: "creation" })] };
  if (eventMessage) return { attributes: {}, nodes: [meta({ event_type: "creation" })] };
  return { attributes: {}, nodes: [] };
}

function meta(attrs: Record<string, string>): BinaryNode {
  return { tag: "meta", attrs };
}
