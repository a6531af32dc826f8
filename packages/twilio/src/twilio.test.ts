import { inspect } from "node:util";
import { createWadesk, memoryStorage, type Wadesk } from "@wadesk/core";
import { contextOf } from "@wadesk/core/ports";
import { createFakeTwilio, type FakeTwilio, manualClock, recordingLogger } from "@wadesk/testing";
import { afterEach, describe, expect, it } from "vitest";
import type { TwilioOptions } from "./options.ts";
import { failureOf } from "./testing/failure-of.ts";
import { type TwilioChannel, twilio } from "./twilio.ts";

const open: FakeTwilio[] = [];
afterEach(async () => {
  for (const fake of open.splice(0)) await fake.close();
});

interface House {
  readonly fake: FakeTwilio;
  readonly advance: (milliseconds: number) => Promise<void>;
  readonly lines: readonly unknown[];
  readonly wadesk: Wadesk<TwilioChannel>;
}

function house(options: (fake: FakeTwilio) => TwilioOptions = () => ({})): House {
  const { clock, advance } = manualClock();
  const fake = createFakeTwilio({ clock });
  open.push(fake);
  const { log, lines } = recordingLogger();
  const wadesk = createWadesk({
    channels: [twilio({ retryDelayMs: 0, ...options(fake) })],
    storage: memoryStorage({ now: clock.now }),
    encryptionKeys: `k1:${"A".repeat(43)}`,
    publicUrl: "https://chat.example.com",
    clock,
    log,
    fetch: (address, init) => fake.fetch(new Request(address, init)),
  });
  return { fake, advance, lines, wadesk };
}
const tokensFor = async ({ wadesk }: House, accountSid: string): Promise<readonly string[]> => {
  const [twilioSource] = wadesk.inbound.sources;
  if (twilioSource === undefined) throw new Error("no source");
  return (await twilioSource.source.secretsFor(accountSid, contextOf(twilioSource))).map(({ secret }) => secret);
};

describe("a workspace on Twilio", () => {
  it("moves from the sandbox to a production sender by reconnect, and a second connection is refused", async () => {
    const here = house();
    const account = here.fake.addAccount();
    const sender = here.fake.addSender({ accountSid: account.sid });
    const acme = here.wadesk.workspace("acme");
    const credentials = { accountSid: account.sid, authToken: account.authToken };
    const first = await acme.connect("twilio", { mode: "sandbox", ...credentials });
    const second = acme.connect("twilio", { mode: "production", ...credentials, from: sender.number });
    expect(await failureOf(Promise.resolve(second))).toMatchObject({
      code: "limit_reached",
      message: expect.stringContaining("reconnect()"),
    });
    const moved = await acme.reconnect(first.id, "twilio", { mode: "production", ...credentials, from: sender.number });
    expect(moved).toMatchObject({ id: first.id, phone: sender.number, route: `twilio:${account.sid}:${sender.number}`, region: "US" });
    expect((await acme.list()).items).toHaveLength(1);
  });

  it("verifies with the old token and the new one for 24 hours after a rotation, then with the new one", async () => {
    const here = house();
    const account = here.fake.addAccount();
    const sender = here.fake.addSender({ accountSid: account.sid });
    const acme = here.wadesk.workspace("acme");
    const input = { mode: "production", accountSid: account.sid, from: sender.number } as const;
    const old = account.authToken;
    const { id } = await acme.connect("twilio", { ...input, authToken: old });
    const next = account.rotateToken();
    expect((await failureOf(Promise.resolve(acme.reconnect(id, "twilio", { ...input, authToken: old })))).code).toBe(
      "credentials_rejected",
    );
    await acme.reconnect(id, "twilio", { ...input, authToken: next });
    expect([...(await tokensFor(here, account.sid))].sort()).toEqual([old, next].sort());
    await here.advance(24 * 60 * 60 * 1000 + 1);
    expect(await tokensFor(here, account.sid)).toEqual([next]);
  });

  it("inherits the admin's account for an assigned number alone, and a stranger learns nothing", async () => {
    const here = house((fake) => {
      const account = fake.addAccount();
      const sender = fake.addSender({ accountSid: account.sid, number: "+15550001111" });
      return { accountSid: account.sid, authToken: account.authToken, senders: [{ workspaceId: "acme", number: sender.number }] };
    });
    const input = { mode: "production", from: "+15550001111" } as const;
    const stranger = here.wadesk.workspace("rival");
    const before = await failureOf(Promise.resolve(stranger.connect("twilio", input)));
    const connection = await here.wadesk.workspace("acme").connect("twilio", input);
    expect(connection.details).toMatchObject({ inherited: true, accountSid: expect.stringContaining("…") });
    const after = await failureOf(Promise.resolve(stranger.connect("twilio", input)));
    const unknown = await failureOf(Promise.resolve(stranger.connect("twilio", { mode: "production", from: "+15550009999" })));
    expect([before.code, before.message]).toEqual([after.code, after.message]);
    expect([unknown.code, unknown.message]).toEqual([after.code, after.message]);
    expect(here.fake.exchanges.length).toBe(2);
  });

  it("shows a token in no row, error or log line", async () => {
    const here = house();
    const account = here.fake.addAccount();
    const sender = here.fake.addSender({ accountSid: account.sid });
    const acme = here.wadesk.workspace("acme");
    const input = { mode: "production", accountSid: account.sid, authToken: account.authToken, from: sender.number } as const;
    const connection = await acme.connect("twilio", input);
    here.fake.fault({ kind: "answer_lost" });
    const lost = await failureOf(acme.send({ to: "+5511999990000", content: { kind: "text", text: "x" } }));
    account.rotateToken();
    const refused = await failureOf(acme.send({ to: "+5511999990000", content: { kind: "text", text: "x" } }));
    expect([lost.code, refused.code, (await acme.get(connection.id)).status.state]).toEqual([
      "outcome_unknown",
      "credentials_rejected",
      "failed",
    ]);
    const seen = inspect([connection, lost, refused, here.lines, await acme.list(), await acme.steps(connection.id)], {
      depth: 20,
      showHidden: true,
    });
    for (const secret of [input.authToken, btoa(`${account.sid}:${input.authToken}`)]) expect(seen).not.toContain(secret);
  });
});
