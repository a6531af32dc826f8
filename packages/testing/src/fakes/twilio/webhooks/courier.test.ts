import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { signTwilio } from "../../../signing.ts";
import { HOOK, openTwilio, type TwilioWorld } from "../../../testing/open-twilio.ts";
import { createFakeTwilio } from "../create-fake-twilio.ts";

const closers: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const SECOND = 1000;

async function called(fragment: string, answers: TwilioWorld["answers"], advance = 60 * SECOND): Promise<TwilioWorld> {
  const world = openTwilio();
  world.sender.setWebhook({ callbackUrl: `${HOOK}?a=1${fragment}` });
  world.answers.push(...answers);
  world.ana.send(world.sender.number, "Oi");
  await world.time.advance(advance);
  return world;
}

const secondsOf = ({ heard }: TwilioWorld): number[] => heard.map(({ at }) => (at - (heard[0]?.at ?? 0)) / SECOND);

describe("webhooks on their way", () => {
  it("are signed with the primary token over the URL as it is called, without its overrides", async () => {
    const { heard, account, twilio } = await called("#rc=5&rp=all", []);
    const [{ url, form, headers } = { url: "", form: {}, headers: new Headers() }] = heard;
    expect(url).toBe(`${HOOK}?a=1`);
    expect(headers.get("x-twilio-signature")).toBe(signTwilio({ url, parameters: form, authToken: account.authToken }));
    expect(headers.get("content-type")).toBe("application/x-www-form-urlencoded");
    expect(headers.get("i-twilio-idempotency-token")).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(twilio.deliveries).toMatchObject([{ kind: "inbound", attempt: 1, status: 200, url }]);
  });

  it("are repeated once, a second later, when there is no connection, with the same token and signature", async () => {
    const world = await called("", [0]);
    expect(secondsOf(world)).toEqual([0, 1]);
    const [first, second] = world.heard.map(({ headers }) => [...headers].filter(([name]) => name.includes("twilio")));
    expect(second).toEqual(first);
    expect(world.twilio.deliveries.map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, undefined],
      [2, 200],
    ]);
    expect(world.twilio.alerts).toEqual([]);
  });

  it.each<[string, string, (number | Response)[], number[], number[]]>([
    ["not for an answer 500", "", [500], [0], [11200]],
    ["not for an answer 404", "", [404], [0], [11200]],
    ["once without a connection, then given up", "", [0, 0, 0], [0, 1], [11205]],
    ["five times at most, within 15 seconds", "#rc=5", [0, 0, 0, 0, 0, 0, 0], [0, 1, 3, 6, 10, 15], [11205]],
    ["not at all with rc=0", "#rc=0", [0], [0], [11205]],
    ["once with an rc that is none", "#rc=6", [0, 0, 0], [0, 1], [11205]],
    ["for an answer 500 with rp=5xx", "#rc=2&rp=5xx", [500, 500, 500], [0, 1, 3], [11200]],
    ["for an answer 400 with rp=4xx", "#rp=4xx", [400], [0, 1], []],
    ["not for an answer 400 with rp=5xx", "#rp=5xx", [400], [0], [11200]],
    ["not without a connection where rp names others", "#rp=4xx,5xx", [0], [0], [11205]],
    ["for anything with rp=all", "#rc=3&rp=all", [0, 500, 404], [0, 1, 3, 6], []],
    ["as long as tt allows", "#rc=5&tt=4000", [0, 0, 0, 0], [0, 1, 3], [11205]],
  ])("are repeated %s", async (_, fragment, answers, seconds, codes) => {
    const world = await called(fragment, answers);
    expect(secondsOf(world)).toEqual(seconds);
    expect(world.twilio.alerts.map(({ code }) => code)).toEqual(codes);
  });

  it("wait 15 seconds for an answer, or as long as rt says, and are repeated with rp=rt alone", async () => {
    for (const [fragment, tries, waitedMs] of [
      ["", 1, 15_000],
      ["#rt=500", 1, 500],
      ["#rt=500&rp=rt", 2, 500],
    ] as const) {
      const times: number[] = [];
      const hanging: typeof fetch = (_, init) => {
        times.push(world.time.now());
        return new Promise((_resolve, reject) => void init?.signal?.addEventListener("abort", () => reject(new Error("aborted"))));
      };
      const world = openTwilio();
      const twilio = createFakeTwilio({ clock: world.time.clock, fetch: hanging });
      closers.push(() => twilio.close());
      const { sid } = twilio.addAccount();
      const { number } = twilio.addSender({ accountSid: sid, webhook: { callbackUrl: HOOK + fragment } });
      twilio.addContact().send(number, "Oi");
      await world.time.advance(waitedMs - 1);
      expect([times.length, twilio.deliveries.length]).toEqual([1, 0]);
      await world.time.advance(30_000);
      expect([times.length, twilio.deliveries.length]).toEqual([tries, tries]);
    }
  });

  it("keep the signature with which they were made when the token is rotated", async () => {
    const { twilio, account, heard, ana, sender } = openTwilio();
    const held = twilio.fault({ kind: "webhooks_held" });
    const old = account.authToken;
    ana.send(sender.number, "one");
    await twilio.settled();
    const token = account.rotateToken();
    held.end();
    ana.send(sender.number, "two");
    await twilio.settled();
    const signedBy = heard.map(({ url, form, headers }) =>
      [old, token].findIndex((authToken) => headers.get("x-twilio-signature") === signTwilio({ url, parameters: form, authToken })),
    );
    expect(signedBy).toEqual([0, 1]);
  });

  it("come twice, and last first, where a fault says so", async () => {
    const { twilio, heard, ana, sender } = openTwilio();
    const bodies = (): unknown[] => heard.splice(0).map(({ form }) => form.Body);
    twilio.fault({ kind: "webhooks_duplicated" });
    ana.send(sender.number, "one");
    await twilio.settled();
    expect(new Set(heard.map(({ headers }) => headers.get("i-twilio-idempotency-token"))).size).toBe(1);
    expect(bodies()).toEqual(["one", "one"]);
    twilio.fault({ kind: "webhooks_reordered" });
    ana.send(sender.number, "two");
    ana.send(sender.number, "three");
    await twilio.settled();
    expect(bodies()).toEqual(["three", "two"]);
  });

  it("go to the fallback when the first answer is none, saying why", async () => {
    const world = openTwilio();
    world.sender.setWebhook({ callbackUrl: HOOK, fallbackUrl: "https://host.example/fallback" });
    world.answers.push(500);
    world.ana.send(world.sender.number, "Oi");
    await world.twilio.settled();
    expect(world.heard.map(({ url }) => url)).toEqual([HOOK, "https://host.example/fallback"]);
    expect(world.heard[1]?.form).toMatchObject({ Body: "Oi", ErrorCode: "11200", ErrorUrl: HOOK });
  });

  it("travel over real HTTP", async () => {
    const seen: string[] = [];
    const server = createServer((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      response.writeHead(204).end();
    });
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    closers.push(() => void server.close());
    const twilio = createFakeTwilio();
    closers.push(() => twilio.close());
    const callbackUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/in?x=1#rc=2`;
    const { number } = twilio.addSender({ accountSid: twilio.addAccount().sid, webhook: { callbackUrl } });
    twilio.addContact().send(number, "Oi");
    await twilio.settled();
    server.closeAllConnections();
    expect([seen, twilio.alerts]).toEqual([["POST /in?x=1"], []]);
  });
});
