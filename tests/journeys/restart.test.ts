import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Connection, ConnectionList } from "@wadesk/core";
import { createFakeMeta, manualClock } from "@wadesk/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { freePort } from "./story/free-port.ts";
import { type Host, inItsOwnProcess, type StartHost } from "./story/host.ts";

const exampleOf = (name: string): StartHost =>
  inItsOwnProcess(fileURLToPath(new URL(`../../examples/${name}`, import.meta.url)), "Listening on", () => [process.execPath, "server.ts"]);

async function post(host: Host, path: string, body: object): Promise<unknown> {
  const answer = await fetch(host.origin + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const value: unknown = await answer.json();
  expect([answer.ok, value]).toEqual([true, expect.anything()]);
  return value;
}

describe.each(["express", "fastify"])("the example on %s, stopped and started again", (name) => {
  it("still has its connection, and answers what came in before and meanwhile, once", async () => {
    const time = manualClock();
    const meta = createFakeMeta({ clock: time.clock });
    onTestFinished(() => meta.close());
    const { url } = await meta.listen();
    const app = meta.addApp();
    const { id: wabaId } = meta.addWaba();
    const { id: phoneNumberId } = meta.addNumber({ wabaId });
    const accessToken = meta.addToken({ appId: app.id, wabaIds: [wabaId] });
    const ana = meta.addContact({ phone: "+5511999990000", name: "Ana" });
    const bo = meta.addContact({ phone: "+5511999990001", name: "Bo" });

    const folder = await mkdtemp(join(tmpdir(), "wadesk-restart-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const database = join(folder, "kept", "wadesk.db");
    const told = { DATABASE: database, META_APP_ID: app.id, META_APP_SECRET: app.secret, META_VERIFY_TOKEN: "token", META_GRAPH_URL: url };
    const port = await freePort();
    const start = async (): Promise<Host> => {
      const host = await exampleOf(name)(port, told);
      onTestFinished(() => host.stop());
      return host;
    };
    const texts = (): readonly unknown[] => meta.sent.map(({ payload }) => payload.text);

    const first = await start();
    await app.setWebhook({ url: `${first.origin}/webhooks/whatsapp/inbound`, verifyToken: "token" });
    const { id } = (await post(first, "/connections", { phoneNumberId, wabaId, accessToken })) as Connection;
    // no key was given, so it keeps one of its own, for its owner's eyes alone
    expect((await stat(`${database}.key`)).mode & 0o777).toBe(0o600);

    const refusing = meta.fault({ kind: "server_error", operation: "POST /{Phone-Number-ID}/messages", times: Number.POSITIVE_INFINITY });
    ana.send(phoneNumberId, { type: "text", text: { body: "Before" } });
    await meta.settled();
    expect(meta.deliveries.map(({ status }) => status)).toEqual([200]);
    await expect.poll(() => meta.exchanges.some(({ response }) => response.status === 500)).toBe(true);
    await first.stop();
    bo.send(phoneNumberId, { type: "text", text: { body: "Meanwhile" } });
    await meta.settled();
    expect(meta.deliveries.map(({ status }) => status)).toEqual([200, undefined]);
    expect(texts()).toEqual([]);

    refusing.end();
    const second = await start();
    const listed = (await (await fetch(`${second.origin}/connections`)).json()) as ConnectionList;
    expect(listed.items).toMatchObject([{ id, status: { state: "connected" } }]);
    await second.until(({ type, data }) => type === "message.received" && data.contact.name === "Ana");
    await time.advance(5000);
    await second.until(({ type, data }) => type === "message.received" && data.contact.name === "Bo");
    expect(meta.deliveries.map(({ status }) => status)).toEqual([200, undefined, 200, ...meta.deliveries.slice(3).map(() => 200)]);
    await post(second, "/messages", { to: ana.phone, content: { kind: "text", text: "Sent with what was kept" } });
    expect(texts()).toEqual([
      expect.objectContaining({ body: "Thank you, we got: Before" }),
      expect.objectContaining({ body: "Thank you, we got: Meanwhile" }),
      expect.objectContaining({ body: "Sent with what was kept" }),
    ]);
  });
});
