import type { FakeApp, FakeMeta } from "@wadesk/testing";

/** The ids of the apps that get an account's webhooks, as Meta itself tells. */
export async function subscribedApps(meta: FakeMeta, app: FakeApp, wabaId: string): Promise<readonly string[]> {
  // a token of the test's own, so that nothing depends on what became of the workspace's
  const token = meta.addToken({ appId: app.id, wabaIds: [wabaId] });
  const request = new Request(`https://graph.facebook.com/v23.0/${wabaId}/subscribed_apps`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { data } = (await (await meta.fetch(request)).json()) as { data: { whatsapp_business_api_data: { id: string } }[] };
  return data.map((each) => each.whatsapp_business_api_data.id);
}
