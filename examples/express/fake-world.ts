import { randomUUID } from "node:crypto";
import type { ManualInput } from "@wadesk/cloud-api";
import {
  createFakeMeta,
  createFakeTwilio,
  type FakeApp,
  type FakeContact,
  type FakeMeta,
  type FakeTwilio,
  type TwilioContact,
  type TwilioSender,
} from "@wadesk/testing";
import type { TwilioInput } from "@wadesk/twilio";
import { type Config, readPort } from "./config.ts";
import { type FakePhones, openFakePhones } from "./fake-phones.ts";

/** Vendors of our own on loopback: a Meta with one app and one number, a Twilio with one sender, a WhatsApp with phones, and one person, who is known to all. */
export interface FakeWorld {
  readonly meta: {
    readonly fake: FakeMeta;
    readonly app: FakeApp;
    readonly ana: FakeContact;
    readonly input: ManualInput;
    /** Sends the account's webhooks to the app, which a connect of an earlier run has asked for: Meta itself would still know. */
    remember(): Promise<void>;
  };
  readonly twilio: { readonly fake: FakeTwilio; readonly sender: TwilioSender; readonly ana: TwilioContact; readonly input: TwilioInput };
  readonly phones: FakePhones;
  /** The configuration with everything that the vendors' consoles would have given. */
  readonly config: Config;
  close(): Promise<void>;
}

const PACE = { sentMs: 150, deliveredMs: 350, readMs: 500 };
const ANA = { phone: "+5511999990000", name: "Ana" };

/** Opens it. What the environment sets is used; the rest is made up, and is the same for the same seed. */
export async function openFakeWorld(config: Config, environment: NodeJS.ProcessEnv, seed: string): Promise<FakeWorld> {
  const meta = await openMeta(config, environment, seed);
  const twilio = await openTwilio(config, environment, seed);
  const phones = await openFakePhones(ANA.phone, environment);
  return {
    meta,
    twilio,
    phones,
    config: {
      ...config,
      meta: {
        ...config.meta,
        appId: meta.app.id,
        appSecret: meta.app.secret,
        verifyToken: config.meta.verifyToken ?? randomUUID(),
        graphUrl: meta.url,
      },
      twilio: { ...config.twilio, apiUrl: twilio.url },
      whatsappWeb: { ...config.whatsappWeb, url: phones.web.url },
    },
    async close() {
      await meta.fake.close();
      await twilio.fake.close();
      await phones.close();
    },
  };
}

async function openMeta(
  { meta }: Config,
  environment: NodeJS.ProcessEnv,
  seed: string,
): Promise<FakeWorld["meta"] & { readonly url: string }> {
  let furnished = false;
  const fake = createFakeMeta({ pace: PACE, randomId: () => (furnished ? randomUUID() : seed) });
  const { url } = await fake.listen({ port: readPort("FAKE_META_PORT", environment.FAKE_META_PORT) ?? 0 });
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
    async remember() {
      const headers = { authorization: `Bearer ${accessToken}` };
      const { ok, status } = await fetch(`${url}/v23.0/${wabaId}/subscribed_apps`, { method: "POST", headers });
      if (!ok) throw new Error(`the fake Meta refused to subscribe the app: ${status}`);
    },
  };
}

async function openTwilio(
  { twilio }: Config,
  environment: NodeJS.ProcessEnv,
  seed: string,
): Promise<FakeWorld["twilio"] & { readonly url: string }> {
  let furnished = false;
  const fake = createFakeTwilio({ pace: PACE, randomId: () => (furnished ? randomUUID() : seed) });
  const { url } = await fake.listen({ port: readPort("FAKE_TWILIO_PORT", environment.FAKE_TWILIO_PORT) ?? 0 });
  const account = fake.addAccount({
    friendlyName: "Demo",
    ...(twilio.accountSid && { sid: twilio.accountSid }),
    ...(twilio.authToken && { authToken: twilio.authToken }),
  });
  const sender = fake.addSender({ accountSid: account.sid, number: twilio.from ?? "+15550100002", name: "Demo Shop" });
  const ana = fake.addContact(ANA);
  furnished = true;
  ana.send(sender.number, "Hello");
  const input = { accountSid: account.sid, authToken: account.authToken, from: sender.number, mode: "production" } as const;
  return { fake, url, sender, ana, input };
}
