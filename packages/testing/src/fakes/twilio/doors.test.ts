import { setupServer } from "msw/node";
import { afterEach, describe, expect, it } from "vitest";
import { twilioHandlers } from "../../msw/twilio.ts";
import { openTwilio, type TwilioWorld } from "../../testing/open-twilio.ts";

const closers: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

type Reach = (url: string, init?: RequestInit) => Promise<Response>;

const DOORS: Readonly<Record<string, (world: TwilioWorld) => Promise<Reach>>> = {
  "a server on loopback": async ({ twilio }) => {
    const { url: origin } = await twilio.listen();
    closers.push(() => twilio.close());
    return (url, init) => fetch(url.replace(/^https:\/\/[^/]+/, origin), init);
  },
  "MSW handlers": async ({ twilio }) => {
    const server = setupServer(...twilioHandlers(twilio));
    server.listen({ onUnhandledFrame: "error" });
    closers.push(() => server.close());
    return (url, init) => fetch(url, init);
  },
  "a fetch function":
    async ({ twilio }) =>
    (url, init) =>
      twilio.fetch(new Request(url, init)),
};

describe.each(Object.entries(DOORS))("the door of %s", (_, open) => {
  const enter = async () => {
    const world = openTwilio();
    const reach = await open(world);
    world.ana.send(world.sender.number, { file: { bytes: new Uint8Array([0, 255]), contentType: "image/png" } });
    await world.twilio.settled();
    const { account, sender, ana } = world;
    const headers = { authorization: `Basic ${Buffer.from(`${account.sid}:${account.authToken}`).toString("base64")}` };
    const post = (fields: Record<string, string>) => {
      const body = new URLSearchParams({ To: ana.address, From: `whatsapp:${sender.number}`, ...fields });
      return reach(`https://api.twilio.com/2010-04-01/Accounts/${account.sid}/Messages.json`, { method: "POST", headers, body });
    };
    return { ...world, reach, headers, post };
  };

  it("answers and refuses as Twilio does, on every host", async () => {
    const { post, reach, headers, sender, contentSid, twilio } = await enter();
    const accepted = await post({ Body: "Olá" });
    expect([accepted.status, accepted.headers.get("content-type")]).toEqual([201, "application/json;charset=utf-8"]);
    const refused = await post({});
    expect([refused.status, ((await refused.json()) as { code: number }).code]).toEqual([400, 21619]);
    const found = await reach(`https://messaging.twilio.com/v2/Channels/Senders/${sender.sid}`, { headers });
    expect(await found.json()).toMatchObject({ sender_id: `whatsapp:${sender.number}`, status: "ONLINE" });
    expect((await reach(`https://content.twilio.com/v1/Content/${contentSid}`, { headers })).status).toBe(200);
    await twilio.settled();
    expect(twilio.sent).toMatchObject([{ status: "read" }]);
  });

  it("gives a person's file, by way of where it lies", async () => {
    const { reach, headers, heard } = await enter();
    const file = await reach(heard[0]?.form.MediaUrl0 ?? "", { headers });
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(new Uint8Array([0, 255]));
  });

  it.each(["connection_dropped", "answer_lost"] as const)("breaks the connection: %s", async (kind) => {
    const { post, twilio } = await enter();
    expect((await post({ Body: "Olá" })).status).toBe(201);
    twilio.fault({ kind });
    await expect(post({ Body: "Olá" })).rejects.toThrow(TypeError);
    expect(twilio.sent).toHaveLength(kind === "answer_lost" ? 2 : 1);
  });
});

describe("faults of calls", () => {
  it.each([
    [{ kind: "credentials_rejected" }, 401, 20003],
    [{ kind: "rate_limited", waitMs: 2500 }, 429, 20429],
    [{ kind: "refused", code: 21610, message: "Attempt to send to unsubscribed recipient" }, 400, 21610],
    [{ kind: "server_error" }, 500, 20500],
  ] as const)("strike once: %o", async (fault, status, code) => {
    const { send, ana, sender, twilio } = openTwilio();
    ana.send(sender.number, "Oi");
    expect((await send({ Body: "a" })).status).toBe(201);
    const asked = twilio.fault(fault);
    const answer = await send({ Body: "b" });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers.get("retry-after")).toBe(status === 429 ? "3" : null);
    expect(asked.spent).toBe(true);
    expect((await send({ Body: "c" })).status).toBe(201);
  });

  it("answers a page instead of JSON, and waits, where asked to", async () => {
    const { send, twilio, time } = openTwilio();
    twilio.fault({ kind: "server_error", status: 503, envelope: false });
    expect(await send({ Body: "a" })).toMatchObject({ status: 503, body: expect.stringContaining("<html>") });
    twilio.fault({ kind: "slow_answer", byMs: 5000 });
    let answered = false;
    const slow = send({ Body: "a" }).then(() => (answered = true));
    await time.advance(4999);
    expect(answered).toBe(false);
    await time.advance(1);
    await slow;
  });
});
