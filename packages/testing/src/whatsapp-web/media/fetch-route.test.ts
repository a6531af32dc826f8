import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { routeFetch } from "./fetch-route.ts";

const PLACE = Symbol.for("undici.globalDispatcher.1");
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function host(name: string, paths: readonly string[]) {
  const server = createServer((request, response) => response.end(`${name} ${request.url}`));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const plainOrigin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = routeFetch({ origin: `https://${name}:8443`, plainOrigin, has: (path) => paths.includes(path) });
  closing.push(stop, () => void server.close().closeAllConnections());
  return { stop, plainOrigin };
}
const text = async (url: string) => (await fetch(url)).text();

it("a host is reached under its own name, and under WhatsApp's where the file is on it", async () => {
  await host("127.0.0.1", ["/a"]);
  await host("127.0.0.2", ["/b"]);
  expect(await text("https://127.0.0.2:8443/x")).toBe("127.0.0.2 /x");
  expect(await text("https://mmg.whatsapp.net/a")).toBe("127.0.0.1 /a");
  expect(await text("https://mmg.whatsapp.net/b")).toBe("127.0.0.2 /b");
});

it("other requests pass", async () => {
  const { plainOrigin } = await host("127.0.0.1", []);
  expect(await text(`${plainOrigin}/straight`)).toBe("127.0.0.1 /straight");
});

it("the last to stop gives fetch back as it was", async () => {
  void globalThis.Response;
  const before: unknown = Reflect.get(globalThis, PLACE);
  const first = await host("127.0.0.1", []);
  const second = await host("127.0.0.2", []);
  expect(Reflect.get(globalThis, PLACE)).not.toBe(before);
  first.stop();
  expect(Reflect.get(globalThis, PLACE)).not.toBe(before);
  second.stop();
  expect(Reflect.get(globalThis, PLACE)).toBe(before);
});
