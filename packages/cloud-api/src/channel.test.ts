import { createFakeMeta, type FakeMeta } from "@wadesk/testing";
import { type ChannelUnderTest, channelContract, settingsContract } from "@wadesk/testing/contracts";
import { afterEach, describe } from "vitest";
import { cloudApi } from "./cloud-api.ts";

const open: FakeMeta[] = [];
afterEach(async () => {
  for (const meta of open.splice(0)) await meta.close();
});

describe.each(["v23.0", "v26.0"])("on %s", (graphVersion) => {
  channelContract("cloud-api", () => openNumber(graphVersion));
});

async function openNumber(graphVersion: string): Promise<ChannelUnderTest> {
  const meta = createFakeMeta();
  open.push(meta);
  const app = meta.addApp();
  const { id: wabaId } = meta.addWaba();
  const { id: phoneNumberId } = meta.addNumber({ wabaId });
  const accessToken = meta.addToken({ appId: app.id, wabaIds: [wabaId] });
  meta.addContact({ phone: "+5511999990000" }).send(phoneNumberId, { type: "text", text: { body: "Oi" } });
  const subscriptions = async (): Promise<number> => {
    const headers = { authorization: `Bearer ${accessToken}` };
    const answer = await meta.fetch(new Request(`https://graph.facebook.com/v23.0/${wabaId}/subscribed_apps`, { headers }));
    return ((await answer.json()) as { data: readonly unknown[] }).data.length;
  };
  return {
    channel: cloudApi({ appId: app.id, appSecret: app.secret, graphVersion, retryDelayMs: 0 }),
    fetch: (address, init) => meta.fetch(new Request(address, init)),
    input: { phoneNumberId, wabaId, accessToken },
    refusedInput: { phoneNumberId, wabaId, accessToken: `${accessToken}x` },
    secrets: [accessToken, app.secret],
    to: { phone: "+5511999990000" },
    content: { kind: "text", text: "Hello" },
    remains: async () => (await subscriptions()) > 0,
  };
}

settingsContract("cloud-api", async () => {
  const meta = createFakeMeta();
  open.push(meta);
  const app = meta.addApp();
  return {
    channel: cloudApi({ appId: app.id, appSecret: app.secret, verifyToken: "choose-this-one", retryDelayMs: 0 }),
    fetch: (address, init) => meta.fetch(new Request(address, init)),
    secrets: [app.secret, "choose-this-one"],
  };
});
