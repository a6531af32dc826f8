import { inspect } from "node:util";
import { WadeskError } from "@wadesk/core";
import type { Connected } from "@wadesk/core/ports";
import { afterEach, describe, expect, it } from "vitest";
import type { TwilioDetails, TwilioSecret } from "../details.ts";
import type { TwilioInput } from "../input/twilio-input.ts";
import type { TwilioOptions } from "../options.ts";
import { type TwilioWorld, twilioWorld } from "../testing/connected-sender.ts";
import { failureOf } from "../testing/failure-of.ts";

const open: TwilioWorld[] = [];
afterEach(async () => {
  for (const { fake } of open.splice(0)) await fake.close();
});

const SANDBOX = "+14155238886";
const OURS = "https://chat.example.com/app/webhooks/whatsapp/inbound";

function world(options?: TwilioOptions, publicUrl?: URL): TwilioWorld {
  const made = twilioWorld(options, publicUrl);
  open.push(made);
  return made;
}

function connect(
  here: TwilioWorld,
  input: Partial<TwilioInput> = {},
  ...rest: Parameters<TwilioWorld["connecting"]>
): Promise<Connected<TwilioDetails, TwilioSecret>> {
  const { account, sender } = here;
  const typed: TwilioInput = { mode: "production", accountSid: account.sid, authToken: account.authToken, from: sender.number, ...input };
  return here.channel.connect(typed, here.connecting(...rest));
}
const stepsOf = ({ steps }: TwilioWorld): readonly string[] =>
  steps.map((step) => (step.type === "check" ? `${step.name} ${step.state}` : step.type));

describe("connecting a production sender", () => {
  it("checks account and sender, then claims the number, and tells of it with the SID masked", async () => {
    const here = world();
    here.sender.setWebhook({ callbackUrl: `${OURS}#rc=2` });
    const { account, sender } = here;
    const connected = await connect(here);
    expect(connected).toEqual({
      route: `twilio:${account.sid}:${sender.number}`,
      account: `twilio:${account.sid}`,
      speaker: `twilio:${account.sid}`,
      phone: sender.number,
      details: {
        mode: "production",
        from: sender.number,
        accountSid: `${account.sid.slice(0, 4)}…${account.sid.slice(-4)}`,
        friendlyName: "Acme Ltd",
        accountType: "Full",
        senderSid: sender.sid,
        senderStatus: "ONLINE",
        profileName: "Acme Shop",
        qualityRating: "HIGH",
        messagingLimit: "10K Customers/24hr",
      },
      facts: {
        quality: "high",
        messagingLimit: 10_000,
        mode: "live",
        account: `${account.sid.slice(0, 4)}…${account.sid.slice(-4)}`,
        given: { mode: "production", from: sender.number },
        accountOrigin: "own",
      },
      secret: { authToken: account.authToken },
      defaultLabel: "Acme Shop",
      warnings: [],
    });
    expect(stepsOf(here)).toEqual(["account running", "account passed", "sender running", "sender passed"]);
    expect(here.claims).toEqual([[connected.route, connected.account]]);
    expect(inspect([connected.details, here.steps, here.lines], { depth: 9 })).not.toContain(account.sid);
  });

  it("finds the sender on a later page of the account's", async () => {
    const here = world();
    for (let index = 0; index < 150; index++) here.fake.addSender({ accountSid: here.account.sid, number: `+1556${1_000_000 + index}` });
    const last = here.fake.addSender({ accountSid: here.account.sid, number: "+15570001111" });
    expect((await connect(here, { from: last.number })).details.senderSid).toBe(last.sid);
    expect(here.fake.exchanges.filter(({ operation }) => operation === "GET /v2/Channels/Senders")).toHaveLength(2);
  });

  it("refuses a number that is no sender, or another account's", async () => {
    const here = world();
    const stranger = here.fake.addSender({ accountSid: here.fake.addAccount().sid });
    const refusals = [];
    for (const from of ["+15559999999", stranger.number]) {
      const { code, message } = await failureOf(connect(here, { from }));
      expect([code, message]).toEqual(["number_mismatch", expect.stringContaining("is no WhatsApp sender of this Twilio account")]);
      refusals.push(message.replaceAll(from, ""));
    }
    expect(refusals[0]).toBe(refusals[1]);
    expect([stepsOf(here).at(-1), here.claims]).toEqual(["sender failed", []]);
  });

  it.each([
    ["OFFLINE", /resolve it.*63112 The Meta/],
    ["PENDING_VERIFICATION", /enter the verification code/],
    ["DRAFT", /finish it/],
    ["STUBBED", /see Messaging → Senders/],
  ] as const)("refuses a sender that is %s, and says what to do", async (status, text) => {
    const here = world();
    await connect(here);
    here.sender.setStatus("ONLINE:UPDATING");
    await connect(here);
    here.sender.setStatus(status);
    const error = await failureOf(connect(here));
    expect([error.code, error.message]).toEqual(["number_not_registered", expect.stringMatching(text)]);
  });

  it("refuses a wrong token, an account that does not exist, and one that is suspended or closed", async () => {
    const here = world();
    await connect(here);
    expect((await failureOf(connect(here, { authToken: "0".repeat(32) }))).code).toBe("credentials_rejected");
    expect((await failureOf(connect(here, { accountSid: `AC${"0".repeat(32)}` }))).code).toBe("credentials_rejected");
    here.account.setStatus("suspended");
    const suspended = await failureOf(connect(here));
    expect([suspended.code, suspended.message]).toEqual(["locked", expect.stringContaining("is suspended")]);
    here.account.setStatus("closed");
    expect((await failureOf(connect(here))).code).toBe("credentials_rejected");
    expect(stepsOf(here).at(-1)).toBe("account failed");
  });

  it("ends at once when the person cancels, and passes on that somebody else has the number", async () => {
    const here = world();
    const stop = new AbortController();
    const show = async (): Promise<void> => stop.abort();
    expect((await failureOf(connect(here, {}, { signal: stop.signal, show }))).code).toBe("linking_cancelled");
    const claim = () => Promise.reject(new WadeskError("number_in_use"));
    expect((await failureOf(connect(here, {}, { claim }))).code).toBe("number_in_use");
  });
});

describe("connecting the sandbox", () => {
  it("takes the shared number unless another is named, and asks for no sender", async () => {
    const here = world();
    const { from: _from, ...typed } = {
      mode: "sandbox",
      accountSid: here.account.sid,
      authToken: here.account.authToken,
      from: "",
    } as const;
    const connected = await here.channel.connect(typed, here.connecting());
    expect(connected).toMatchObject({ phone: SANDBOX, details: { mode: "sandbox", from: SANDBOX }, defaultLabel: "Acme Ltd" });
    const text = expect.stringMatching(new RegExp(`sandbox is for tests.*set ${OURS}`));
    expect(connected.warnings).toEqual([{ code: "sandbox", values: { address: OURS }, text }]);
    expect(stepsOf(here)).toEqual(["account running", "account passed"]);
    expect((await connect(here, { mode: "sandbox", from: "+14155550000" })).phone).toBe("+14155550000");
  });
});

describe("what a person is warned of", () => {
  it("a trial account, the secondary token, no public address, and a webhook that leads elsewhere", async () => {
    const here = world({}, undefined);
    const trial = here.fake.addAccount({ type: "Trial" });
    const second = trial.addSecondaryToken();
    const input = { mode: "sandbox", accountSid: trial.sid, authToken: second } as const;
    const { warnings } = await here.channel.connect(input, here.connecting({ publicUrl: undefined }));
    expect(warnings).toEqual([
      { code: "trial_account", text: expect.stringMatching(/trial account/) },
      { code: "secondary_token", text: expect.stringMatching(/secondary Auth Token/) },
      { code: "public_url_missing", text: expect.stringMatching(/No public address/) },
      { code: "sandbox", text: expect.stringMatching(/sandbox is for tests/) },
    ]);
    here.sender.setWebhook({ callbackUrl: "https://old.example/hook?key=secret" });
    const other = (await connect(here)).warnings;
    expect(other).toEqual([
      { code: "webhook_elsewhere", values: { address: OURS }, text: expect.stringMatching(/replies do not come in/) },
    ]);
    expect(JSON.stringify(other)).not.toContain("old.example");
  });

  it("counts webhookUrl over the public address", async () => {
    const here = world({ webhookUrl: "https://hooks.example/in" });
    here.sender.setWebhook({ callbackUrl: "https://hooks.example/in" });
    expect((await connect(here)).warnings).toEqual([]);
  });

  it("of nothing where only the statuses go to webhookUrl, and messages to the public address", async () => {
    const here = world({ webhookUrl: "https://hooks.example/in" });
    here.sender.setWebhook({ callbackUrl: OURS });
    expect((await connect(here)).warnings).toEqual([]);
  });
});
