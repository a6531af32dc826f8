import { cloudApi } from "@wadesk/cloud-api";
import { createFakeMeta } from "@wadesk/testing";
import { channelContract } from "@wadesk/testing/contracts";

channelContract("cloudApi", async () => {
  const meta = createFakeMeta();
  const app = meta.addApp();
  const waba = meta.addWaba();
  const number = meta.addNumber({ wabaId: waba.id });
  const accessToken = meta.addToken({ appId: app.id });
  const refused = meta.addToken({ appId: app.id });
  meta.expireToken(refused);
  const ana = meta.addContact();
  ana.send(number.id, { type: "text", text: { body: "Hello" } });
  const input = { phoneNumberId: number.id, wabaId: waba.id, accessToken };
  const subscribed = async (): Promise<boolean> => {
    const url = `https://graph.facebook.com/v23.0/${waba.id}/subscribed_apps`;
    const response = await meta.fetch(new Request(url, { headers: { authorization: `Bearer ${accessToken}` } }));
    return ((await response.json()) as { readonly data: readonly unknown[] }).data.length > 0;
  };
  return {
    channel: cloudApi({ appId: app.id, appSecret: app.secret, verifyToken: "verify", retryDelayMs: 0 }),
    fetch: (request, init) => meta.fetch(new Request(request, init)),
    input,
    refusedInput: { ...input, accessToken: refused },
    secrets: [accessToken, refused, app.secret],
    to: { phone: ana.phone ?? "" },
    content: { kind: "text", text: "Hello" },
    remains: subscribed,
  };
});
