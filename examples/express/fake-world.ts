import { randomBytes } from "node:crypto";
import { createFakeMeta, type FakeApp, type FakeContact, type FakeMeta } from "@wadesk/testing";
import { type Config, readPort } from "./config.ts";

/** A Meta of our own on loopback, with one app, one number and one person. */
export interface FakeWorld {
  readonly meta: FakeMeta;
  readonly app: FakeApp;
  readonly ana: FakeContact;
  /** The configuration with everything that Meta's dashboard would have given. */
  readonly config: Config;
  readonly credentials: { readonly phoneNumberId: string; readonly wabaId: string; readonly accessToken: string };
}

/** Opens it. What the environment sets is used; the rest is made up. */
export async function openFakeWorld(config: Config, environment: NodeJS.ProcessEnv): Promise<FakeWorld> {
  const { appId, appSecret, verifyToken, phoneNumberId, wabaId } = config.meta;
  const meta = createFakeMeta({ pace: { sentMs: 150, deliveredMs: 350, readMs: 500 } });
  const server = await meta.listen({ port: readPort("FAKE_META_PORT", environment.FAKE_META_PORT) ?? 0 });
  const app = meta.addApp({ name: "Demo", ...(appId && { id: appId }), ...(appSecret && { secret: appSecret }) });
  const waba = meta.addWaba({ name: "Demo Shop", ...(wabaId && { id: wabaId }) });
  const number = meta.addNumber({
    wabaId: waba.id,
    display: "+1 555-010-0001",
    verifiedName: "Demo Shop",
    ...(phoneNumberId && { id: phoneNumberId }),
  });
  const ana = meta.addContact({ phone: "+5511999990000", name: "Ana" });
  // whoever writes to a business opens its 24-hour window
  ana.send(number.id, { type: "text", text: { body: "Hello" } });
  const filled = {
    ...config.meta,
    appId: app.id,
    appSecret: app.secret,
    verifyToken: verifyToken ?? randomBytes(16).toString("base64url"),
    graphUrl: server.url,
  };
  return {
    meta,
    app,
    ana,
    config: { ...config, meta: filled },
    credentials: { phoneNumberId: number.id, wabaId: waba.id, accessToken: meta.addToken({ appId: app.id, wabaIds: [waba.id] }) },
  };
}
