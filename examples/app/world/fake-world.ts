import { randomUUID } from "node:crypto";
import {
  createFakeMeta,
  createFakeTwilio,
  type FakeApp,
  type FakeContact,
  type FakeMeta,
  type FakeTwilio,
  type TwilioAccount,
  type TwilioContact,
  type TwilioSender,
} from "@wadesk/testing";
import { TEMPLATE_TEXT } from "../chat-routes.ts";
import { type FakeBridge, openFakeBridge } from "./fake-bridge.ts";
import { type FakePhones, openFakePhones } from "./fake-phones.ts";

/** What the environment of the application says of its accounts. What it leaves out is made up, and is the same for the same seed. */
export interface FakeAccounts {
  readonly meta: {
    readonly appId: string | undefined;
    readonly appSecret: string | undefined;
    readonly verifyToken: string | undefined;
    readonly phoneNumberId: string | undefined;
    readonly wabaId: string | undefined;
  };
  readonly twilio: { readonly accountSid: string | undefined; readonly authToken: string | undefined; readonly from: string | undefined };
  /** Where the fakes listen; any free port where there is none. */
  readonly fakePorts: Readonly<Record<"meta" | "twilio" | "whatsapp", number | undefined>>;
}

/** What the vendors' consoles would have given. */
export interface FakeGiven {
  readonly meta: Readonly<Record<"appId" | "appSecret" | "verifyToken" | "graphUrl" | "dialogUrl", string>>;
  readonly twilio: { readonly apiUrl: string; readonly contentSid: string };
  /** The helper service, which reaches our WhatsApp by itself. */
  readonly whatsappWeb: { readonly bridge: FakeBridge["given"] };
}

/** Vendors of our own on loopback: a Meta with one app and one number, a Twilio with one sender, a WhatsApp with phones, and one person, who is known to all. */
export interface FakeWorld {
  readonly meta: {
    readonly fake: FakeMeta;
    readonly app: FakeApp;
    readonly ana: FakeContact;
    /** The number that the story connects, and what connects it. */
    readonly input: Readonly<Record<"phoneNumberId" | "wabaId" | "accessToken", string>>;
    /** A number of the same account that nobody has connected. */
    readonly otherNumberId: string;
    /** Lets the app open Meta's dialog for the application at this address. Answers the configuration's id. */
    offerDialog(url: string): string;
    /** Sends the account's webhooks to the app, which a connect of an earlier run has asked for: Meta itself would still know. */
    remember(): Promise<void>;
  };
  readonly twilio: {
    readonly fake: FakeTwilio;
    readonly account: TwilioAccount;
    readonly sender: TwilioSender;
    readonly ana: TwilioContact;
    readonly input: Readonly<Record<"accountSid" | "authToken" | "from", string>> & { readonly mode: "production" };
  };
  readonly phones: FakePhones;
  readonly bridge: FakeBridge;
  readonly given: FakeGiven;
  close(): Promise<void>;
}

const PACE = { sentMs: 150, deliveredMs: 350, readMs: 500 };
const ANA = { phone: "+5511999990000", name: "Ana" };

/** Opens it. */
export async function openFakeWorld(accounts: FakeAccounts, seed: string): Promise<FakeWorld> {
  const { url: graphUrl, ...meta } = await openMeta(accounts, seed);
  const { url: apiUrl, contentSid, ...twilio } = await openTwilio(accounts, seed);
  const phones = await openFakePhones(ANA.phone, accounts.fakePorts.whatsapp);
  const bridge = await openFakeBridge(phones.web.url);
  return {
    meta,
    twilio,
    phones,
    bridge,
    given: {
      meta: {
        appId: meta.app.id,
        appSecret: meta.app.secret,
        verifyToken: accounts.meta.verifyToken ?? randomUUID(),
        graphUrl,
        dialogUrl: graphUrl,
      },
      twilio: { apiUrl, contentSid },
      whatsappWeb: { bridge: bridge.given },
    },
    async close() {
      await meta.fake.close();
      await twilio.fake.close();
      // sessions say goodbye before WhatsApp is gone
      await bridge.close();
      await phones.close();
    },
  };
}

async function openMeta({ meta, fakePorts }: FakeAccounts, seed: string): Promise<FakeWorld["meta"] & { readonly url: string }> {
  let furnished = false;
  const fake = createFakeMeta({ pace: PACE, randomId: () => (furnished ? randomUUID() : seed) });
  const { url } = await fake.listen({ port: fakePorts.meta ?? 0 });
  const app = fake.addApp({ name: "Demo", ...(meta.appId && { id: meta.appId }), ...(meta.appSecret && { secret: meta.appSecret }) });
  const { id: wabaId } = fake.addWaba({ name: "Demo Shop", ...(meta.wabaId && { id: meta.wabaId }) });
  const number = fake.addNumber({
    wabaId,
    display: "+1 555-010-0001",
    verifiedName: "Demo Shop",
    ...(meta.phoneNumberId && { id: meta.phoneNumberId }),
  });
  const ana = fake.addContact(ANA);
  const accessToken = fake.addToken({ appId: app.id, wabaIds: [wabaId] });
  const other = fake.addNumber({ wabaId, display: "+1 555-010-0005", verifiedName: "Demo Shop Two" });
  fake.addTemplate({ wabaId, name: "hello_world", language: "en_US", components: [{ type: "BODY", text: TEMPLATE_TEXT }] });
  // messages are new on each run
  furnished = true;
  // whoever writes to a business opens its 24-hour window
  ana.send(number.id, { type: "text", text: { body: "Hello" } });
  return {
    fake,
    url,
    app,
    ana,
    input: { phoneNumberId: number.id, wabaId, accessToken },
    otherNumberId: other.id,
    offerDialog: (url) => app.addConfiguration({ redirectUris: [`${url}/connect/wa-store/waba`], domains: [url] }).id,
    async remember() {
      const headers = { authorization: `Bearer ${accessToken}` };
      const { ok, status } = await fetch(`${url}/v23.0/${wabaId}/subscribed_apps`, { method: "POST", headers });
      if (!ok) throw new Error(`the fake Meta refused to subscribe the app: ${status}`);
    },
  };
}

async function openTwilio(
  { twilio, fakePorts }: FakeAccounts,
  seed: string,
): Promise<FakeWorld["twilio"] & { readonly url: string; readonly contentSid: string }> {
  let furnished = false;
  const fake = createFakeTwilio({ pace: PACE, randomId: () => (furnished ? randomUUID() : seed) });
  const { url } = await fake.listen({ port: fakePorts.twilio ?? 0 });
  const account = fake.addAccount({
    friendlyName: "Demo",
    ...(twilio.accountSid && { sid: twilio.accountSid }),
    ...(twilio.authToken && { authToken: twilio.authToken }),
  });
  const sender = fake.addSender({ accountSid: account.sid, number: twilio.from ?? "+15550100002", name: "Demo Shop" });
  const ana = fake.addContact(ANA);
  const { sid: contentSid } = fake.addContent({
    accountSid: account.sid,
    language: "en",
    types: { "twilio/text": { body: TEMPLATE_TEXT } },
  });
  furnished = true;
  ana.send(sender.number, "Hello");
  const input = { accountSid: account.sid, authToken: account.authToken, from: sender.number, mode: "production" } as const;
  return { fake, url, contentSid, account, sender, ana, input };
}
