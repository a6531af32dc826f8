import type { WadeskEvent } from "@wadesk/core";
import { contextOf } from "@wadesk/core/ports";
import { createFakeTwilio, signTwilio } from "@wadesk/testing";
import { twilio } from "@wadesk/twilio";
import { describe, expect, it, onTestFinished } from "vitest";
import { openWorld } from "./world/open-world.ts";

const NUMBER = "+15550100002";
const hello = { kind: "text", text: "Hello" } as const;

/** A platform with a Meta and a Twilio, and a workspace with a number on each; Cloud API is in force. */
async function openPlatform() {
  const fake = createFakeTwilio();
  const { url } = await fake.listen();
  onTestFinished(() => fake.close());
  const admin = fake.addAccount({ friendlyName: "Admin" });
  const senders = [{ workspaceId: "acme", number: NUMBER }];
  const channel = twilio({ apiUrl: url, accountSid: admin.sid, authToken: admin.authToken, senders, retryDelayMs: 1 });
  const world = await openWorld({ extra: [channel] });
  const { wadesk, meta, account, callback } = world;
  await wadesk.settings.change("twilio", { webhookUrl: callback });
  const sender = fake.addSender({ accountSid: admin.sid, number: NUMBER, webhook: { callbackUrl: callback } });
  const acme = wadesk.workspace("acme");
  const person = "+5511999990000";
  const [onMeta, onTwilio] = [meta.addContact({ phone: person, name: "Ana" }), fake.addContact({ phone: person, name: "Ana" })];
  const received: string[] = [];
  const statuses: WadeskEvent<"message.status">[] = [];
  wadesk.process("message.received", ({ data }) => {
    if (data.content.kind === "text") received.push(`${data.connection.channel} ${data.content.text}`);
  });
  wadesk.process("message.status", (event) => void statuses.push(event));
  const writeMeta = (text: string): string => onMeta.send(account.numberId, { type: "text", text: { body: text } });
  const writeTwilio = (text: string): string => onTwilio.send(NUMBER, text);
  const settled = async (): Promise<void> => {
    await meta.settled();
    await fake.settled();
  };
  const official = await acme.connect("cloud-api", account.input);
  return { ...world, fake, admin, sender, acme, person, received, statuses, writeMeta, writeTwilio, settled, official };
}

describe("a platform that an admin moves from Cloud API to Twilio and back", () => {
  it("sends nothing through the wrong channel and loses nothing that comes in, with the same code", async () => {
    const { wadesk, acme, fake, meta, person, received, statuses, writeMeta, writeTwilio, settled, official } = await openPlatform();
    // prepared before the move: connecting on the other channel is allowed, sending on it is not
    const prepared = await acme.connect("twilio", { mode: "production" });
    expect((await acme.list()).items.map(({ id }) => id)).toEqual([official.id]);
    await expect(acme.send({ to: person, content: hello, from: prepared.id })).rejects.toMatchObject({ code: "channel_inactive" });
    writeMeta("one");
    writeTwilio("two");
    await settled();
    const sendsTo = async (channel: "cloud-api" | "twilio", connectionId: string): Promise<void> => {
      await wadesk.settings.setActiveChannel(channel);
      expect((await acme.list()).items.map(({ id }) => id)).toEqual([connectionId]);
      const before = { meta: meta.sent.length, twilio: fake.sent.length };
      const sent = await acme.send({ to: person, content: hello });
      expect(sent.connectionId).toBe(connectionId);
      const [one, other] = channel === "twilio" ? [1, 0] : [0, 1];
      expect([fake.sent.length - before.twilio, meta.sent.length - before.meta]).toEqual([one, other]);
      writeMeta(`Meta while ${channel} is in force`);
      writeTwilio(`Twilio while ${channel} is in force`);
      await settled();
      expect((await acme.message(sent.id))?.status).toBe("read");
    };
    await sendsTo("cloud-api", official.id);
    await sendsTo("twilio", prepared.id);
    await sendsTo("cloud-api", official.id);
    expect(received.sort()).toEqual([
      "cloud-api Meta while cloud-api is in force",
      "cloud-api Meta while cloud-api is in force",
      "cloud-api Meta while twilio is in force",
      "cloud-api one",
      "twilio Twilio while cloud-api is in force",
      "twilio Twilio while cloud-api is in force",
      "twilio Twilio while twilio is in force",
      "twilio two",
    ]);
    // the same words for both vendors, each of the ladder's steps once
    const climbs = statuses.map(({ data }) => `${data.connection.channel} ${data.status}`);
    for (const step of ["sent", "delivered", "read"]) {
      expect([step, climbs.filter((climb) => climb === `twilio ${step}`).length]).toEqual([step, 1]);
      expect([step, climbs.filter((climb) => climb === `cloud-api ${step}`).length]).toEqual([step, 2]);
    }
  });
});

describe("a workspace on Twilio", () => {
  it("has one connection; a second is refused, and reconnect is named", async () => {
    const { acme } = await openPlatform();
    await acme.connect("twilio", { mode: "production" });
    const second = acme.connect("twilio", { mode: "production" });
    await expect(second).rejects.toMatchObject({ code: "limit_reached" });
    await expect(second).rejects.toThrow(/reconnect/);
  });

  it("moves from the sandbox to its own sender by a reconnect, and the old token verifies for 24 hours more", async () => {
    const { wadesk, acme, fake, callback, received, settled } = await openPlatform();
    const own = fake.addAccount();
    const { id } = await acme.connect("twilio", { accountSid: own.sid, authToken: own.authToken, mode: "sandbox" });
    const number = "+15550100009";
    fake.addSender({ accountSid: own.sid, number, webhook: { callbackUrl: callback } });
    const before = own.authToken;
    const bob = fake.addContact({ phone: "+5511888880000", name: "Bob" });
    const moved = await acme.reconnect(id, "twilio", { accountSid: own.sid, authToken: own.authToken, from: number, mode: "production" });
    expect(moved).toMatchObject({ id, phone: number, status: { state: "connected" } });
    bob.send(number, "signed with the old token");
    await settled();
    const next = own.addSecondaryToken();
    own.promoteToken();
    expect(next).not.toBe(before);
    await acme.reconnect(id, "twilio", { accountSid: own.sid, authToken: next, from: number, mode: "production" });
    bob.send(number, "signed with the new token");
    await settled();
    expect(received).toEqual(["twilio signed with the old token", "twilio signed with the new token"]);
    const tokens = await contextOf(wadesk.inbound.sources.find(({ kind }) => kind === "twilio")).connectionSecrets(`twilio:${own.sid}`);
    expect(tokens.map(({ secret }) => secret)).toEqual(expect.arrayContaining([before, next]));
  });

  it("shows its account masked, and its token never", async () => {
    const { acme, admin, lines } = await openPlatform();
    const connection = await acme.connect("twilio", { mode: "production" });
    expect(JSON.stringify(connection.details)).not.toContain(admin.sid);
    expect(JSON.stringify([connection, lines])).not.toContain(admin.authToken);
  });
});

describe("a number of the admin's", () => {
  it("passes to whoever it is assigned to next: its former workspace hears nothing more and cannot keep it", async () => {
    const { wadesk, acme, received, writeTwilio, settled } = await openPlatform();
    const former = await acme.connect("twilio", { mode: "production" });
    writeTwilio("for acme");
    await settled();
    await wadesk.settings.change("twilio", { senders: [{ workspaceId: "beta", number: NUMBER }] });
    const owners: string[] = [];
    wadesk.on("message.received", ({ workspaceId }) => void owners.push(workspaceId));
    writeTwilio("between");
    await settled();
    expect([received, owners]).toEqual([["twilio for acme"], []]);
    expect((await wadesk.workspace("beta").connect("twilio", { mode: "production" })).phone).toBe(NUMBER);
    expect((await acme.get(former.id)).status).toMatchObject({ state: "failed", reason: "credentials_rejected" });
    writeTwilio("for beta");
    await settled();
    expect(owners).toEqual(["beta"]);
  });
});

describe("a tenant with an account of its own", () => {
  const SID = "SM11111111111111111111111111111111";

  it("cannot speak for another account, however two readers of a form may differ", async () => {
    const { wadesk, fake, admin, callback, received } = await openPlatform();
    await wadesk.workspace("acme").connect("twilio", { mode: "production" });
    const evil = fake.addAccount();
    fake.addSender({ accountSid: evil.sid, number: "+15550100666" });
    await wadesk
      .workspace("evil")
      .connect("twilio", { accountSid: evil.sid, authToken: evil.authToken, from: "+15550100666", mode: "production" });
    const rest = `From=whatsapp%3A%2B5511999990000&To=whatsapp%3A%2B15550100002&MessageSid=${SID}&SmsStatus=received&Body=forg\u00e9`;
    const post = async (body: string): Promise<void> => {
      const parameters = body.split("&").map((field): [string, string] => {
        const [name = "", value = ""] = field.split("=");
        return [decodeURIComponent(name), decodeURIComponent(value)];
      });
      const signature = signTwilio({ url: callback, parameters, authToken: evil.authToken });
      const headers = { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature };
      await fetch(callback, { method: "POST", headers, body });
    };
    const forms = [
      `?AccountSid=${admin.sid}&%EF%BB%BFAccountSid=${evil.sid}&${rest}`,
      `AccountSid=${admin.sid}&%EF%BB%BFAccountSid=${evil.sid}&${rest}`,
      `%EF%BB%BFAccountSid=${admin.sid}&AccountSid=${evil.sid}&${rest}`,
      `?AccountSid=${admin.sid}&AccountSid=${evil.sid}&${rest}`,
      `AccountSid=${evil.sid}&AccountSid=${admin.sid}&${rest}`,
    ];
    for (const form of forms) {
      await post(form);
      expect([form, received]).toEqual([form, []]);
    }
  });
});

describe("a stranger's workspace", () => {
  const blanks = ["", undefined, "admin"] as const;
  const combinations = blanks.flatMap((sid) =>
    blanks.flatMap((token) =>
      [NUMBER, undefined].flatMap((from) => (["production", "sandbox"] as const).map((mode) => ({ sid, token, from, mode }))),
    ),
  );

  it("cannot connect an admin's sender by any combination of blank fields, and learns nothing of it", async () => {
    const { wadesk, admin, fake } = await openPlatform();
    const rival = wadesk.workspace("rival");
    // the twin: the workspace that it is assigned to needs none of them
    expect((await wadesk.workspace("acme").connect("twilio", { mode: "production" })).phone).toBe(NUMBER);
    for (const { sid, token, from, mode } of combinations) {
      const input = {
        mode,
        ...(sid !== undefined && { accountSid: sid && admin.sid }),
        ...(token !== undefined && { authToken: token && "0123456789abcdef0123456789abcdef" }),
        ...(from !== undefined && { from }),
      };
      const refusal = await rival.connect("twilio", input).then(undefined, (error: unknown) => error);
      expect([input, refusal]).toEqual([
        input,
        expect.objectContaining({ code: expect.stringMatching(/input_invalid|credentials_rejected/) }),
      ]);
      expect(String(refusal) + JSON.stringify(refusal)).not.toMatch(/acme|con_/);
    }
    expect([(await rival.list()).items, fake.sent]).toEqual([[], []]);
  });
});
