import { request } from "node:http";
import { Script } from "node:vm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createWhatsAppWeb } from "../create-whatsapp-web.ts";
import type { WhatsAppWeb } from "../whatsapp-web.ts";
import { type PhonesPage, phonesPage } from "./phones-page.ts";
import type { WorldView } from "./world-view.ts";

const SHOP = "15550001111";
let web: WhatsAppWeb;
let page: PhonesPage;
beforeEach(async () => {
  web = await createWhatsAppWeb();
  page = await phonesPage(web, [web.addPhone({ number: SHOP, name: "Shop" })]);
});
afterEach(async () => {
  await page.close();
  await web.close();
});

const get = (path: string) => fetch(page.url + path);
const world = async () => (await (await get("world")).json()) as WorldView;
const act = async (form: unknown) => {
  const answer = await fetch(`${page.url}act`, { method: "POST", body: JSON.stringify(form) });
  return { status: answer.status, ...((await answer.json()) as { readonly error?: string }) };
};
const statusAt = (path: string, headers: Record<string, string>): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(page.url);
    request({ host: "127.0.0.1", port, path, headers }, (response) => resolve(response.resume().statusCode))
      .on("error", reject)
      .end();
  });

describe("the page with the phones", () => {
  it("is one document with one script and one style of its own, and may load nothing else", async () => {
    const answer = await get("");
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await answer.text()).toContain('<script type="module" src="page.js">');
    for (const [path, type] of [
      ["page.js", "text/javascript"],
      ["page.css", "text/css"],
    ] as const)
      expect((await get(path)).headers.get("content-type")).toContain(type);
  });

  it("has a script that a browser can read", async () => {
    const text = await (await get("page.js")).text();
    expect(() => new Script(text)).not.toThrow();
  });

  it("shows the phones and gets more of them", async () => {
    expect(await act({ action: "add", number: "15550002222", name: "Ana" })).toEqual({ status: 200 });
    expect((await world()).phones).toMatchObject([
      { number: SHOP, name: "Shop", clients: [], messages: [] },
      { number: "15550002222", name: "Ana" },
    ]);
  });

  it("bans an account and lifts the ban", async () => {
    await act({ action: "restrict", number: SHOP, code: "403" });
    expect((await world()).phones[0]?.restriction).toBe(403);
    await act({ action: "restrict", number: SHOP });
    expect((await world()).phones[0]?.restriction).toBeUndefined();
  });

  it.each([
    ["a number twice", { action: "add", number: SHOP }, "already"],
    ["a phone that is not there", { action: "scan", number: "1" }, "no phone"],
    ["an action that is not there", { action: "constructor", number: SHOP }, "no such action"],
    ["no QR code", { action: "scan", number: SHOP }, "paste the text"],
    ["a text that is no QR code", { action: "scan", number: SHOP, qr: "hello" }, "not a QR code"],
    ["a message to nobody", { action: "send", number: SHOP, text: "hello" }, "needs a recipient"],
    ["a message to somebody who is not on WhatsApp", { action: "send", number: SHOP, to: "15559999999", text: "hello" }, "not on WhatsApp"],
    ["to unlink what is not linked", { action: "unlink", number: SHOP, client: "7" }, "not linked any more"],
    ["a ban with a code that is none", { action: "restrict", number: SHOP, code: "200" }, "400 to 499"],
    ["a form that is none", null, "an object"],
  ])("says in a sentence why it refuses %s", async (_what, form, sentence) => {
    expect(await act(form)).toMatchObject({ status: 400, error: expect.stringContaining(sentence) });
  });

  it("answers nobody who was not told the address, and says nothing of the phones", async () => {
    const { port, pathname } = new URL(page.url);
    expect(await statusAt("/world", { host: `127.0.0.1:${port}` })).toBe(404);
    expect(await statusAt(`${pathname}world`, { host: "rebound.example" })).toBe(404);
    expect(await statusAt(`${pathname}world`, { host: `127.0.0.1:${port}`, origin: "https://evil.example" })).toBe(404);
    expect(await statusAt(`${pathname}world`, { host: `127.0.0.1:${port}` })).toBe(200);
  });

  it("allows no other website to read its answers", async () => {
    const { headers } = await get("world");
    expect(headers.get("access-control-allow-origin")).toBeNull();
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
  });

  it("cuts a body that is longer than any form", async () => {
    await expect(fetch(`${page.url}act`, { method: "POST", body: "x".repeat(70_000) })).rejects.toThrow();
    expect((await world()).phones).toHaveLength(1);
  });
});
