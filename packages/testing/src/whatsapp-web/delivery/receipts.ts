import type { Account, LinkedDevice } from "../directory/account.ts";
import { lidJid, numberJid } from "../directory/directory.ts";
import { readJid } from "../directory/jid.ts";
import type { ClientSession, World } from "../server/world.ts";
import { type BinaryNode, childOf, childrenOf, node } from "../wire/node.ts";
import type { Receipt } from "./received-message.ts";

/** A receipt from an account of the server's own to a client. */
export interface OutgoingReceipt {
  readonly from: Account;
  readonly ids: readonly string[];
  /** `read`, `played`; undefined means delivered. */
  readonly type?: string | undefined;
  readonly addressing?: "number" | "lid" | undefined;
}

/** Posts a receipt. Several messages share one: the first is its id, the others are listed. */
export function sendReceipt(world: World, device: LinkedDevice, { from, ids, type, addressing }: OutgoingReceipt): void {
  const [id, ...others] = ids;
  const list =
    others.length === 0
      ? undefined
      : [
          node(
            "list",
            {},
            others.map((each) => node("item", { id: each })),
          ),
        ];
  const jid = (addressing === "lid" ? lidJid : numberJid)(from);
  device.mailbox.post(node("receipt", { id, from: jid, type, t: world.seconds() }, list));
}

/** Takes a client's receipt: acknowledges it and hands it to whom it is for. */
export function takeReceipt(
  world: World,
  stanza: BinaryNode,
  { connection, account, device }: ClientSession,
  arrived: (receipt: Receipt, at: Account) => void,
): void {
  const { id = "", to, type, participant } = stanza.attrs;
  connection.send(node("ack", { id, class: "receipt", from: to, type, participant }));
  const ids = [id, ...childrenOf(childOf(stanza, "list"), "item").map((item) => item.attrs.id ?? "")];
  // Baileys 7.0.0-rc14 acknowledges a message that it could read by its receipt alone
  for (const each of ids) device.mailbox.acknowledge("message", each);
  const found = world.directory.find(participant ?? to);
  if (found === undefined) return;
  arrived({ ids, type: type ?? "delivery", from: numberJid(account, device.id) }, found.account);
  const isByLid = readJid(participant ?? to)?.server === "lid";
  for (const target of found.account.devices.values()) {
    if (target.kind !== "linked" || target === device) continue;
    const from = (isByLid ? lidJid : numberJid)(account, device.id);
    target.mailbox.post(node("receipt", { id, from, type, t: world.seconds() }, stanza.content));
  }
}
