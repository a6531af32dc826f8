import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createWhatsAppWeb } from "../create-whatsapp-web.ts";
import type { Phone } from "../phones/phone.ts";
import type { RawClient } from "../testing/raw-client.ts";
import { activeRawClient } from "../testing/raw-companion.ts";
import type { WhatsAppWeb } from "../whatsapp-web.ts";
import { node } from "../wire/node.ts";
import { type ControlEndpoint, controlEndpoint } from "./control-endpoint.ts";
import { writeReadyFile } from "./ready-file.ts";

let folder: string;
let web: WhatsAppWeb;
let shop: Phone;
let client: RawClient;
let control: ControlEndpoint;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "whatsapp-web-"));
  web = await createWhatsAppWeb({ transcriptFile: join(folder, "transcript.txt") });
  shop = web.addPhone({ number: "15550001111", name: "Shop" });
  control = await controlEndpoint(web, [shop]);
  client = await activeRawClient(web.url, shop);
});
afterEach(async () => {
  client.close();
  await control.close();
  await web.close();
  await rm(folder, { recursive: true, force: true });
});

const ask = (path: string, body: object = {}, headers: Record<string, string> = {}, method = "POST") =>
  fetch(`${control.url}/${path}`, {
    method,
    headers: { authorization: `Bearer ${control.token}`, ...headers },
    ...(method === "POST" && { body: JSON.stringify(body) }),
  });
const act = async (path: string, body: object = {}) => (await (await ask(path, body)).json()) as Record<string, unknown>;

it("lets in who has the token, and no website", async () => {
  expect((await ask("phones/15550001111")).status).toBe(200);
  for (const headers of [{ authorization: "Bearer wrong" }, { authorization: "" }, { origin: "https://evil.example" }]) {
    expect((await ask("phones/15550001111", {}, headers)).status).toBe(401);
  }
  expect((await ask("phones/15550001111", {}, {}, "GET")).status).toBe(405);
});

it("does what a phone does, with bytes as base64, and tells of it", async () => {
  expect(await act("phones", { number: "15550002222", name: "Ana" })).toMatchObject({ jid: "15550002222@s.whatsapp.net", clients: [] });
  const id = await act("phones/15550002222/send", { args: [shop.jid, "hello"] });
  expect((await client.next(({ attrs }) => attrs.id === (id as unknown as string))).tag).toBe("message");
  const file = { kind: "image", bytes: { $bytes: "/9j/" } };
  expect(await act("phones/15550002222/attach", { args: [file] })).toMatchObject({
    imageMessage: { mediaKey: { $bytes: expect.any(String) } },
  });
  expect(await act("phones/15550001111")).toMatchObject({ clients: [{ id: 1, isConnected: true }] });
  await act("phones/15550001111/clients/1/end", { args: ["replaced"] });
  await client.ended();
});

it("injects a fault, hands the complaints out once, and the transcript", async () => {
  await act("fault", { kind: "request_refused", operation: "w:p:get:ping", code: 500 });
  client.send(node("iq", { id: "ping", to: "s.whatsapp.net", type: "get", xmlns: "w:p" }, [node("ping")]));
  expect(await client.next(({ attrs }) => attrs.id === "ping")).toMatchObject({ attrs: { type: "error" } });
  client.send(node("carrier-pigeon"));
  await expect.poll(async () => JSON.stringify(await act("complaints"))).toContain("carrier-pigeon");
  expect(await act("complaints")).toEqual({ complaints: [] });
  expect((await act("transcript")).transcript).toContain("<carrier-pigeon/>");
});

it.each([
  ["phones/15559999999/send", {}, "there is no phone"],
  ["phones/15550001111/fly", {}, "there is no act fly"],
  ["phones/15550001111/constructor", {}, "there is no act constructor"],
  ["phones/15550001111/answer", {}, "there is no act answer"],
  ["phones/15550001111/send", { args: "hello" }, "args is a list"],
  ["phones/15550001111/clients/9/end", {}, "no client 9"],
  ["fault", {}, "a fault has a kind"],
  ["weather", {}, "there is no act weather"],
])("answers %s with a sentence", async (path, body, error) => {
  const response = await ask(path, body);
  expect([response.status, await response.json()]).toEqual([400, { error: expect.stringContaining(error) }]);
});

it("stands in the ready file with everything that another process needs, for its owner alone to read", async () => {
  const path = join(folder, "ready.json");
  await writeReadyFile(path, web, control, "http://127.0.0.1:1/page/");
  expect(JSON.parse(await readFile(path, "utf8"))).toEqual({
    url: web.url,
    rootKey: web.rootKey,
    mediaUrl: web.mediaUrl,
    plainMediaUrl: web.plainMediaUrl,
    certificate: web.certificate,
    controlUrl: control.url,
    controlToken: control.token,
    pageUrl: "http://127.0.0.1:1/page/",
  });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

it("a transcript on disk holds every stanza in both directions, and no bytes", async () => {
  client.send(node("iq", { id: "last", to: "s.whatsapp.net", type: "get", xmlns: "w:p" }, [node("ping")]));
  await client.next(({ attrs }) => attrs.id === "last");
  client.close();
  await web.close();
  const text = await readFile(join(folder, "transcript.txt"), "utf8");
  expect(text).toContain("server → client\n  <success");
  expect(text).toContain('client → server\n  <iq id="last"');
  expect(text).toMatch(/<enc v="2" type="pkmsg">\d+ bytes<\/enc>/);
});
