import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadBaileys } from "../baileys.ts";
import { createWhatsAppWeb } from "../create-whatsapp-web.ts";
import { encodeContent, type MessageContent } from "../delivery/message-content.ts";
import type { Phone } from "../phones/phone.ts";
import { readKey } from "../requests/prekeys.ts";
import { signalDevice } from "../signal/signal-device.ts";
import type { RawClient } from "../testing/raw-client.ts";
import { everythingIsRead, type RawCompanion, rawCompanion } from "../testing/raw-companion.ts";
import type { WhatsAppWeb } from "../whatsapp-web.ts";
import { type BinaryNode, bytesOf, childOf, node, readUint } from "../wire/node.ts";

let web: WhatsAppWeb;
let shop: Phone;
let ana: Phone;
let companion: RawCompanion;
let client: RawClient;
beforeEach(async () => {
  web = await createWhatsAppWeb();
  shop = web.addPhone({ number: "15550001111" });
  ana = web.addPhone({ number: "15550002222" });
  companion = await rawCompanion(web.url);
  await Promise.all([shop.scan(companion.qr), companion.answer()]);
  client = await companion.logIn(shop.number, 1);
  await client.next(({ tag }) => tag === "success");
  client.send(node("iq", { id: "on", to: "s.whatsapp.net", type: "set", xmlns: "passive" }, [node("active")]));
  await everythingIsRead(client);
});
afterEach(async () => {
  client.close();
  await web.close();
});

/** A recipient with content that begins a session. */
async function recipient(jid: string, content: MessageContent = { conversation: "hello" }): Promise<BinaryNode> {
  const id = `key ${client.received.length}`;
  client.send(node("iq", { id, to: "s.whatsapp.net", type: "get", xmlns: "encrypt" }, [node("key", {}, [node("user", { jid })])]));
  const user = childOf(childOf(await client.next(({ attrs }) => attrs.id === id), "list"), "user");
  const skey = childOf(user, "skey");
  const bundle = {
    registrationId: readUint(bytesOf(childOf(user, "registration"))),
    identityKey: bytesOf(childOf(user, "identity")),
    signedPreKey: { ...readKey(skey), signature: bytesOf(childOf(skey, "signature")) },
    preKey: readKey(childOf(user, "key")),
  };
  const device = signalDevice({ registrationId: 7, identity: companion.identity });
  const { type, ciphertext } = device.encrypt(jid, () => bundle, encodeContent(await loadBaileys(), content));
  return node("to", { jid }, [node("enc", { v: "2", type }, ciphertext)]);
}

let sent = 0;
/** Sends a message; answers the error of its ack. */
async function send(attributes: Record<string, string>, targets: readonly BinaryNode[]): Promise<string | undefined> {
  sent += 1;
  const id = `SENT${sent}`;
  const identity = node("device-identity", {}, companion.deviceIdentity());
  client.send(node("message", { id, type: "text", ...attributes }, [node("participants", {}, targets), identity]));
  return (await client.next(({ tag, attrs }) => tag === "ack" && attrs.id === id)).attrs.error;
}
const refused = (...parts: readonly string[]) => expect(web.takeComplaints()).toEqual(parts.map((part) => expect.stringContaining(part)));

describe("a message to one person", () => {
  it.each(["lid", "jid"] as const)("that names every device by %s as it names the person is delivered", async (kind) => {
    expect(await send({ to: ana[kind] }, [await recipient(ana[kind]), await recipient(shop[kind])])).toBeUndefined();
    expect(await ana.received()).toMatchObject({ content: { conversation: "hello" } });
  });

  it.each([
    ["the person's", () => [ana.lid, ana.jid]],
    ["the sender's", () => [ana.lid, shop.jid]],
  ] as const)("that names a device of %s by another kind of address is refused with 479 and reported", async (_what, jids) => {
    const [to = "", other = ""] = jids();
    expect(await send({ to }, [await recipient(other)])).toBe("479");
    expect(ana.messages).toEqual([]);
    refused(`names ${other} by another kind of address`);
  });
});

describe.each(["number", "lid"] as const)("a message to a group by %s", (addressing) => {
  const [right, wrong] = addressing === "lid" ? (["lid", "jid"] as const) : (["jid", "lid"] as const);
  const mode = addressing === "lid" ? "lid" : "pn";

  it("that names members as the group does is taken, and one that names them otherwise refused with 421 and reported", async () => {
    const group = ana.createGroup({ subject: "Agreement", members: [shop], addressing });
    const to = group.jid;
    expect(await send({ to, addressing_mode: mode }, [await recipient(ana[right])])).toBeUndefined();
    expect(await send({ to }, [await recipient(ana[right])])).toBeUndefined();
    expect([await send({ to, addressing_mode: mode }, [await recipient(ana[wrong])])]).toEqual(["421"]);
    expect(await send({ to }, [await recipient(ana[wrong])])).toBe("421");
    refused("by another kind of address", "by another kind of address");
  });

  it("again for a member who is named otherwise is refused with 421 and reported", async () => {
    const group = ana.createGroup({ subject: "Agreement", members: [shop], addressing });
    expect(await send({ to: group.jid, participant: ana[right] }, [await recipient(ana[right])])).toBeUndefined();
    expect(await send({ to: group.jid, participant: ana[wrong] }, [await recipient(ana[right])])).toBe("421");
    refused(`names ${ana[wrong]} by another kind of address`);
  });

  it("whose reaction names its message's writer as the group does is read, and one that does not is not followed", async () => {
    const group = ana.createGroup({ subject: "Agreement", members: [shop], addressing });
    const reaction = (participant: string) => ({ reactionMessage: { key: { remoteJid: group.jid, participant, id: "X" }, text: "!" } });
    await send({ to: group.jid }, [await recipient(ana[right], reaction(ana[right]))]);
    expect((await ana.received()).content).toMatchObject(reaction(ana[right]));
    await send({ to: group.jid }, [await recipient(ana[right], reaction(ana[wrong]))]);
    refused(`its reactionMessage names ${ana[wrong]}`);
    expect(ana.unreadable).toMatchObject([{ reason: expect.stringContaining("another kind of address than the chat's") }]);
  });
});

describe("a message that is about another one", () => {
  const about = (remoteJid: string): readonly MessageContent[] => [
    { reactionMessage: { key: { remoteJid, id: "X" }, text: "!" } },
    { protocolMessage: { key: { remoteJid, id: "X" }, type: 0 } },
    { protocolMessage: { key: { remoteJid, id: "X" }, type: 14, editedMessage: { conversation: "the" } } },
    { editedMessage: { message: { protocolMessage: { key: { remoteJid, id: "X" }, type: 14 } } } },
    { pinInChatMessage: { key: { remoteJid, id: "X" }, type: 1 } },
    { keepInChatMessage: { key: { remoteJid, id: "X" }, keepType: 1 } },
    { pollUpdateMessage: { pollCreationMessageKey: { remoteJid, id: "X" } } },
  ];

  it("is read where it names it by the chat's kind of address: reactions, deletions, edits, pins, votes", async () => {
    for (const content of about(shop.lid)) await send({ to: ana.lid }, [await recipient(ana.lid, content)]);
    expect(ana.messages).toHaveLength(about(shop.lid).length);
    expect(ana.unreadable).toEqual([]);
  });

  it("is not followed where it names it by another, or in another chat, is not asked for again, and is reported", async () => {
    const group = ana.createGroup({ subject: "Elsewhere", members: [shop] });
    const contents = [...about(shop.jid), ...about(group.jid).slice(0, 1)];
    for (const content of contents) await send({ to: ana.lid }, [await recipient(ana.lid, content)]);
    await everythingIsRead(client);
    expect(ana.messages).toEqual([]);
    expect(ana.unreadable).toHaveLength(contents.length);
    expect(client.received.filter(({ tag }) => tag === "receipt")).toEqual([]);
    expect(web.takeComplaints()).toHaveLength(contents.length);
  });
});

describe("a status", () => {
  it("for people of one kind of address is delivered, for people of both refused with 479 and reported", async () => {
    const bob = web.addPhone({ number: "15550003333" });
    const to = "status@broadcast";
    for (const kind of ["lid", "jid"] as const) {
      expect(await send({ to }, [await recipient(ana[kind]), await recipient(bob[kind])])).toBeUndefined();
      await bob.received();
    }
    expect(await send({ to }, [await recipient(ana.lid), await recipient(bob.jid)])).toBe("479");
    refused("by two kinds of address");
  });
});

describe("a receipt", () => {
  it.each(["number", "lid"] as const)("goes where a message by %s came from, and nowhere else", async (addressing) => {
    const [right, wrong] = addressing === "lid" ? [ana.lid, ana.jid] : [ana.jid, ana.lid];
    const id = ana.send(shop, "hello", { addressing });
    await client.next(({ attrs }) => attrs.id === id);
    client.send(node("receipt", { id, to: wrong, type: "read" }));
    await everythingIsRead(client);
    expect(ana.receipts).toEqual([]);
    refused(`by another kind of address than the message of ${right}`);
    client.send(node("receipt", { id, to: right, type: "read" }));
    expect(await ana.receipt()).toMatchObject({ ids: [id], type: "read" });
  });

  it.each(["number", "lid"] as const)("names who wrote in a group by %s as the group does", async (addressing) => {
    const [right, wrong] = addressing === "lid" ? [ana.lid, ana.jid] : [ana.jid, ana.lid];
    const group = ana.createGroup({ subject: "Agreement", members: [shop], addressing });
    const id = ana.send(group, "hello");
    await client.next(({ attrs }) => attrs.id === id);
    client.send(node("receipt", { id, to: group.jid, participant: wrong }));
    await everythingIsRead(client);
    refused("by another kind of address");
    client.send(node("receipt", { id, to: group.jid, participant: right }));
    expect(await ana.receipt()).toMatchObject({ ids: [id], group: group.jid });
  });
});
