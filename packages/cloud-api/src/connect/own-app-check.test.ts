import type { FakeMeta } from "@wadesk/testing";
import { afterEach, expect, it } from "vitest";
import { connectedNumber } from "../testing/connected-number.ts";

const open: FakeMeta[] = [];
afterEach(async () => {
  for (const meta of open.splice(0)) await meta.close();
});

function world() {
  const number = connectedNumber();
  const { meta, connection, context } = number;
  open.push(meta);
  const own = meta.addApp();
  const speaker = `cloud-api:own-app:${own.id}`;
  const callbackUrl = "https://chat.example.com/webhooks/whatsapp/inbound/1";
  const accessToken = meta.addToken({ appId: own.id, wabaIds: [connection.details.wabaId] });
  const check = (secrets: readonly string[]) => {
    const row = { ...connection, speaker, details: { ...connection.details, ownApp: true as const, callbackUrl } };
    const secret = { accessToken, app: { id: own.id, secrets, verifyToken: "hush-5f1e" } };
    return number.channel.line(row, { ...context, secret }).check();
  };
  return { ...number, own, check, callbackUrl };
}

it("a check of a number with an app of its own holds it to that app, and leaves its speaker and callback URL as they are", async () => {
  const { check, own, callbackUrl } = world();
  const report = await check([own.secret]);
  expect(report).toMatchObject({
    signals: [{ type: "alive" }],
    warnings: [{ code: "messages_not_subscribed" }],
    details: { appId: own.id, ownApp: true, callbackUrl },
  });
  expect(report).not.toHaveProperty("speaker");
});

it("a check warns of each App Secret that Meta refuses by now, and does not show it", async () => {
  const { check, own } = world();
  const former = own.secret;
  own.resetSecret();
  const one = await check([former]);
  const refusedOne = { code: "own_secret_refused", values: { app: own.id, refused: 1 }, text: expect.stringContaining("Reconnect") };
  expect(one.warnings).toEqual([refusedOne, expect.objectContaining({ code: "messages_not_subscribed" })]);
  expect((await check([former, "0a1b", own.secret])).warnings).toMatchObject([{ values: { refused: 2 } }, {}]);
  expect(JSON.stringify(one)).not.toContain(former);
});
