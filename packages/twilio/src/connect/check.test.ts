import { afterEach, describe, expect, it } from "vitest";
import type { TwilioOptions } from "../options.ts";
import { NOW, type TwilioWorld, twilioWorld } from "../testing/connected-sender.ts";
import { failureOf } from "../testing/failure-of.ts";

const open: TwilioWorld[] = [];
afterEach(async () => {
  for (const { fake } of open.splice(0)) await fake.close();
});

function world(options?: TwilioOptions): TwilioWorld {
  const made = twilioWorld(options);
  open.push(made);
  return made;
}
const stamp = { at: NOW, epoch: 3 };

describe("checking", () => {
  it("tells that the connection is alive, with fresh details and warnings", async () => {
    const here = world();
    const report = await here.channel.line(here.connection(), here.connected()).check();
    expect(report).toMatchObject({
      signals: [{ ...stamp, type: "alive" }],
      details: { mode: "production", from: here.sender.number, senderStatus: "ONLINE", profileName: "Acme Shop" },
      warnings: [{ code: "webhook_elsewhere", text: expect.stringContaining("replies do not come in") }],
    });
  });

  it("asks for no sender in the sandbox", async () => {
    const here = world();
    const report = await here.channel.line(here.connection("+14155238886", { mode: "sandbox" }), here.connected()).check();
    expect(report).toMatchObject({ signals: [{ type: "alive" }], details: { mode: "sandbox", from: "+14155238886" } });
  });

  it("tells an offline sender as a lost connection, which comes back by itself", async () => {
    const here = world();
    here.sender.setStatus("OFFLINE");
    const report = await here.channel.line(here.connection(), here.connected()).check();
    expect(report).toMatchObject({
      signals: [{ ...stamp, type: "closed", reason: "connection_lost" }],
      details: { senderStatus: "OFFLINE" },
    });
    here.sender.setStatus("ONLINE");
    expect((await here.channel.line(here.connection(), here.connected()).check()).signals).toMatchObject([{ type: "alive" }]);
  });

  it("tells each refusal as a signal", async () => {
    const here = world();
    const codeNow = async (number?: string): Promise<unknown> =>
      (await here.channel.line(here.connection(number), here.connected()).check()).signals;
    expect(await codeNow("+15559999999")).toEqual([{ ...stamp, type: "failed", code: "number_mismatch" }]);
    here.account.setStatus("suspended");
    expect(await codeNow()).toEqual([{ ...stamp, type: "failed", code: "locked" }]);
    here.account.setStatus("active");
    const secret = { authToken: here.account.authToken };
    here.account.rotateToken();
    expect((await here.channel.line(here.connection(), here.connected({ secret })).check()).signals).toEqual([
      { ...stamp, type: "failed", code: "credentials_rejected" },
    ]);
  });

  it("rejects when Twilio cannot be reached, or limits the rate", async () => {
    const here = world();
    here.fake.fault({ kind: "connection_dropped", times: 3 });
    expect((await failureOf(here.channel.line(here.connection(), here.connected()).check())).code).toBe("provider_unavailable");
    here.fake.fault({ kind: "rate_limited", waitMs: 7000 });
    expect(await failureOf(here.channel.line(here.connection(), here.connected()).check())).toMatchObject({
      code: "rate_limited",
      retryAfterMs: 7000,
    });
  });

  it("goes by the admin's newest token, and ends when account or number are the workspace's no more", async () => {
    const here = world();
    const { account, sender } = here;
    const number = sender.number;
    const admin = { accountSid: account.sid, authToken: ["old", account.authToken], senders: [{ workspaceId: "acme", number }] };
    const signalsWith = async (settings: typeof admin): Promise<unknown> => {
      const context = here.connected({ secret: { inherited: true }, settings: async () => settings });
      return (await here.channel.line(here.connection(), context).check()).signals;
    };
    expect(await signalsWith(admin)).toMatchObject([{ type: "alive" }]);
    const other = here.fake.addAccount();
    const gone = [
      { ...admin, senders: [{ workspaceId: "rival", number }] },
      { ...admin, authToken: [] },
      { ...admin, accountSid: other.sid, authToken: [other.authToken] },
    ];
    for (const settings of gone) expect(await signalsWith(settings)).toMatchObject([{ type: "failed", code: "credentials_rejected" }]);
  });
});

describe("disconnecting", () => {
  it("changes nothing at Twilio", async () => {
    const here = world();
    await here.channel.line(here.connection(), here.connected()).disconnect();
    expect(here.fake.exchanges).toEqual([]);
  });
});
