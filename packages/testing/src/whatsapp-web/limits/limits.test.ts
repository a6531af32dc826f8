import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { manualClock } from "../../manual-clock.ts";
import { createWhatsAppWeb } from "../create-whatsapp-web.ts";
import type { Phone } from "../phones/phone.ts";
import type { RawClient } from "../testing/raw-client.ts";
import { activeRawClient, everythingIsRead } from "../testing/raw-companion.ts";
import type { WhatsAppWeb, WhatsAppWebOptions } from "../whatsapp-web.ts";
import { type BinaryNode, bytesOf, childOf, childrenOf, node, textOf } from "../wire/node.ts";

const WEEK_MS = 7 * 86_400_000;
let time: ReturnType<typeof manualClock>;
let web: WhatsAppWeb;
let shop: Phone;
let ana: Phone;
let client: RawClient;
const begin = async (options: WhatsAppWebOptions = {}) => {
  time = manualClock(100 * WEEK_MS);
  web = await createWhatsAppWeb({ clock: time.clock, ...options });
  shop = web.addPhone({ number: "15550001111" });
  ana = web.addPhone({ number: "15550002222" });
  client = await activeRawClient(web.url, shop);
};
beforeEach(() => begin());
afterEach(async () => {
  client.close();
  await web.close();
});

let asked = 0;
async function ask(xmlns: string, type: string, content: BinaryNode): Promise<BinaryNode> {
  asked += 1;
  const id = `ask-${asked}`;
  client.send(node("iq", { id, to: "s.whatsapp.net", type, xmlns }, [content]));
  return client.next(({ attrs }) => attrs.id === id);
}
/** Writes to somebody, who cannot read it; answers the error of the ack. */
async function write(to: string, ...more: readonly BinaryNode[]): Promise<string | undefined> {
  asked += 1;
  const id = `MESSAGE${asked}`;
  const enc = node("enc", { v: "2", type: "msg" }, Buffer.alloc(40));
  const targets = to.endsWith("@g.us") ? [] : [node("participants", {}, [node("to", { jid: to }, [enc])])];
  client.send(node("message", { id, to, type: "text" }, [...(targets.length === 0 ? [enc] : targets), ...more]));
  return (await client.next(({ tag, attrs }) => tag === "ack" && attrs.id === id)).attrs.error;
}
const issue = (jid: string) => ask("privacy", "set", node("tokens", {}, [node("token", { jid, t: 1, type: "trusted_contact" })]));
const tctoken = (bytes: Uint8Array) => node("tctoken", {}, bytes);
const query = async (number: string) => {
  const answer = await ask("w:mex", "get", node("query", { query_id: number }, Buffer.from(JSON.stringify({ variables: {} }))));
  return JSON.parse(textOf(childOf(answer, "result"))) as { readonly data: Record<string, unknown> };
};
const notice = (type: string) => client.next(({ tag, attrs }) => tag === "notification" && attrs.type === type);

describe("privacy tokens", () => {
  it("that a client gives reach the contact; the answer holds what the contact has given", async () => {
    expect(childrenOf(childOf(await issue(ana.lid), "tokens"))).toEqual([]);
    expect(ana.tokenFrom(shop)?.bytes).toHaveLength(16);
    const { bytes } = ana.giveToken(shop);
    const told = childOf(childOf(await notice("privacy_token"), "tokens"), "token");
    expect([told?.attrs.jid, bytesOf(told)]).toEqual([shop.clients[0]?.jid, bytes]);
    await time.advance(WEEK_MS);
    expect(bytesOf(childOf(childOf(await issue(ana.lid), "tokens"), "token"))).toEqual(bytes);
  });

  it("are given once in seven days: again is fine after that, to another contact, and after a change of identity, and else reported", async () => {
    const bob = web.addPhone({ number: "15550003333" });
    await issue(ana.lid);
    await issue(bob.lid);
    await time.advance(WEEK_MS);
    await issue(ana.jid);
    ana.renewIdentity();
    await issue(ana.lid);
    expect(web.complaints).toEqual([]);
    await issue(ana.lid);
    expect(web.takeComplaints()).toEqual([expect.stringContaining(`a second token for ${ana.number} within seven days`)]);
  });

  it("may be repeated where a test of a bare Baileys says so", async () => {
    client.close();
    await web.close();
    await begin({ repeatedTokens: "allowed" });
    await issue(ana.lid);
    await issue(ana.lid);
    expect(web.complaints).toEqual([]);
  });

  it("come along with a message where they are sent so", async () => {
    const id = ana.send(shop, "here is my token", { withToken: true });
    const message = await client.next(({ attrs }) => attrs.id === id);
    expect(bytesOf(childOf(message, "tctoken"))).toEqual(shop.tokenFrom(ana)?.bytes);
    const plain = ana.send(shop, "and here is none");
    expect(childOf(await client.next(({ attrs }) => attrs.id === plain), "tctoken")).toBeUndefined();
  });

  it("are demanded by somebody who is careful with strangers: without, with a wrong or an old one 463", async () => {
    expect(await write(ana.lid)).toBeUndefined();
    ana.demandTokens();
    expect(await write(ana.lid)).toBe("463");
    const { bytes } = ana.giveToken(shop);
    expect(await write(ana.lid)).toBe("463");
    expect(await write(ana.lid, tctoken(Buffer.alloc(16)))).toBe("463");
    expect(await write(ana.lid, tctoken(bytes))).toBeUndefined();
    await time.advance(3 * WEEK_MS);
    expect(await write(ana.lid, tctoken(bytes))).toBeUndefined();
    await time.advance(WEEK_MS);
    expect(await write(ana.lid, tctoken(bytes))).toBe("463");
    ana.send(shop, "it is all right");
    expect(await write(ana.lid)).toBeUndefined();
  });

  it("belong to chats of two: in a group or to the own phone they are refused with 479 and reported", async () => {
    const group = ana.createGroup({ subject: "Shop", members: [shop] });
    expect(await write(ana.lid, tctoken(Buffer.alloc(16)))).toBeUndefined();
    expect(await write(group.jid)).toBeUndefined();
    expect(await write(group.jid, tctoken(Buffer.alloc(16)))).toBe("479");
    expect(web.takeComplaints()).toEqual([expect.stringContaining("which belongs to a chat of two")]);
  });
});

describe("an account under a lock", () => {
  it("writes to nobody new until it ends, and to those it knows all the same; its clients are told and can ask", async () => {
    const bob = web.addPhone({ number: "15550003333" });
    expect(await write(bob.lid)).toBeUndefined();
    const until = time.clock.now() + 60_000;
    shop.lockReachout({ until, type: "WEB_COMPANION_ONLY" });
    const told = childOf(await notice("mex"), "update");
    const lock = { is_active: true, time_enforcement_ends: String(until / 1_000), enforcement_type: "WEB_COMPANION_ONLY" };
    expect(told?.attrs.op_name).toBe("NotificationUserReachoutTimelockUpdate");
    expect(JSON.parse(textOf(told))).toEqual({ data: { xwa2_notify_account_reachout_timelock: lock } });
    expect((await query("23983697327930364")).data).toEqual({ xwa2_fetch_account_reachout_timelock: lock });
    expect([await write(ana.lid), await write(bob.lid)]).toEqual(["463", undefined]);
    await time.advance(60_000);
    expect(await write(ana.lid)).toBeUndefined();
    expect((await query("23983697327930364")).data).toMatchObject({ xwa2_fetch_account_reachout_timelock: { is_active: false } });
  });

  it("of a quota writes to new people until it is used up: 475", async () => {
    expect((await query("24503548349331633")).data).toMatchObject({
      xwa2_message_capping_info: { capping_status: "NONE", total_quota: -1 },
    });
    shop.limitNewChats({ status: "FIRST_WARNING", total: 10, used: 8 });
    const told = JSON.parse(textOf(childOf(await notice("mex"), "update")));
    expect(told.data.xwa2_notify_new_chat_messages_capping_info_update).toMatchObject({ capping_status: "FIRST_WARNING", used_quota: 8 });
    expect(await write(ana.lid)).toBeUndefined();
    shop.limitNewChats({ status: "CAPPED", total: 10, used: 10 });
    const bob = web.addPhone({ number: "15550003333" });
    expect([await write(bob.lid), await write(ana.lid)]).toEqual(["475", undefined]);
  });
});

describe("what a client asks for", () => {
  it("by w:mex that the server does not know is refused and reported", async () => {
    const answer = await ask("w:mex", "get", node("query", { query_id: "1" }, Buffer.from("{}")));
    expect(answer).toMatchObject({ attrs: { type: "error" } });
    expect(web.takeComplaints()).toEqual([expect.stringContaining("w:mex asks for 1")]);
  });

  it("as its AB props are those that were set", async () => {
    const props = async () =>
      childrenOf(childOf(await ask("abt", "get", node("props", { protocol: 1 })), "props")).map(({ attrs }) => attrs);
    expect(await props()).toEqual([]);
    web.setProp("10518", "0");
    expect(await props()).toEqual([{ config_code: "10518", config_value: "0" }]);
    web.setProp("10518", undefined);
    await everythingIsRead(client);
    expect(await props()).toEqual([]);
  });
});
