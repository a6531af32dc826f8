import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { ACCEPTED } from "../samples.ts";
import { watchExchanges } from "../watch.ts";
import { missingSpecification, readDocument } from "./document.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe("Meta's file", () => {
  it("reads the same afresh and kept, and anew once it has changed", () => {
    const folder = mkdtempSync(join(tmpdir(), "wadesk-specs-"));
    const write = (text: string): void => writeFileSync(join(folder, "meta-business-messaging-v23.0.yaml"), text);
    vi.stubEnv("WADESK_SPECS", folder);
    write("openapi: 3.1.0\npaths: {}\n");
    expect([readDocument(), readDocument()]).toEqual([
      { openapi: "3.1.0", paths: {} },
      { openapi: "3.1.0", paths: {} },
    ]);
    write("openapi: 3.1.1\n");
    expect(readDocument()).toEqual({ openapi: "3.1.1" });
    rmSync(folder, { recursive: true });
  });
});

describe("Meta's file, where it is absent", () => {
  const exchange = {
    operation: "POST /{Phone-Number-ID}/messages",
    request: { method: "POST", url: "http://127.0.0.1/v23.0/1/messages", headers: {}, body: { ...ACCEPTED.text, to: 7 } },
    response: { status: 200, body: {} },
  };

  it("is named with where it was looked for, and exchanges go unheld", async () => {
    vi.stubEnv("WADESK_SPECS", "/nowhere");
    vi.stubEnv("WADESK_REQUIRE_SPECS", "");
    expect(missingSpecification()).toContain("is not at /nowhere/meta-business-messaging-v23.0.yaml: set WADESK_SPECS");
    const watch = watchExchanges();
    watch.note(exchange);
    watch.note(exchange);
    expect(await watch.complaints()).toEqual([]);
  });

  it("is an error where it is required", async () => {
    vi.stubEnv("WADESK_SPECS", "/nowhere");
    vi.stubEnv("WADESK_REQUIRE_SPECS", "1");
    expect(missingSpecification).toThrow("is not at /nowhere/");
    const watch = watchExchanges();
    watch.note(exchange);
    await expect(watch.complaints()).rejects.toThrow("set WADESK_SPECS");
  });
});
