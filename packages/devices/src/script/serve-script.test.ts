import { describe, expect, it } from "vitest";
import { openScreen } from "../testing/open-screen.ts";

describe("the elements' script", () => {
  it("is at a path that names its bytes, and stays there for a year; whoever loads a page may have it", async () => {
    const { ask, handler } = openScreen({ authorize: () => undefined });
    const first = await ask("nobody", "GET", "/script");
    expect([first.status, first.headers.get("cache-control")]).toEqual([302, "no-cache"]);
    const place = first.headers.get("location") ?? "";
    expect(place).toMatch(/^script\/[0-9a-f]{20}\.js$/);
    const script = await ask("nobody", "GET", `/${place}`);
    expect([script.status, script.headers.get("content-type"), script.headers.get("cache-control")]).toEqual([
      200,
      "text/javascript; charset=utf-8",
      "public, max-age=31536000, immutable",
    ]);
    expect(await script.text()).toContain("wadesk-devices");
    await handler.close();
  });

  it("of another hash is not there, and nothing is sent to it", async () => {
    const { ask } = openScreen();
    expect((await ask("owner", "GET", "/script/0123456789abcdef0123.js")).status).toBe(404);
    expect((await ask("owner", "POST", "/script", {})).status).toBe(404);
    expect((await ask("owner", "GET", "/scripts")).status).toBe(404);
  });
});
