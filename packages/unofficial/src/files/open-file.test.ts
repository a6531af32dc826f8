import { describe, expect, it } from "vitest";
import type { FileReference } from "./file-ids.ts";
import { openFile } from "./open-file.ts";

const FILE = { kind: "image", path: "/v/t62/1?ccb=1", mediaKey: "", sha256: "", sealedSha256: "", size: 1, mimeType: "image/png" } as const;

/** Asks for a file of such a path and host: which addresses were asked, whether they may be, and the error's code. */
async function asked(named: Pick<FileReference, "path" | "host">) {
  const urls: string[] = [];
  const error: unknown = await openFile(
    { ...FILE, ...named },
    {
      async fetchFile({ url, isVendors }) {
        urls.push(`${url} ${isVendors?.(new URL(url))} ${isVendors?.(new URL("https://evil.example/"))}`);
        return { status: 500 };
      },
      askAgain: async () => undefined,
    },
  ).catch((reason: unknown) => reason);
  return { urls, code: (error as { readonly code?: string }).code };
}

describe("a file is asked for", () => {
  it.each([
    [undefined, "https://mmg.whatsapp.net/v/t62/1?ccb=1"],
    ["media-ams4-1.cdn.whatsapp.net", "https://media-ams4-1.cdn.whatsapp.net/v/t62/1?ccb=1"],
  ])("at WhatsApp's host %s and nowhere else", async (host, url) => {
    const { urls, code } = await asked({ path: FILE.path, ...(host !== undefined && { host }) });
    expect([urls, code]).toEqual([[`${url} true false`], "media_unavailable"]);
  });

  it.each([
    ["https://evil.example/x", "x.whatsapp.net:22"],
    ["/x", "x.whatsapp.net:22"],
    ["/x", "x.whatsapp.net:443"],
    ["//evil.example/x", "x.whatsapp.net"],
    ["/x", "evil.example"],
    ["/x", "evil.example/.whatsapp.net"],
    ["/x", "user@x.whatsapp.net"],
    ["/x", "evilwhatsapp.net"],
    ["//evil.example:8443/x", undefined],
    ["/\\evil.example/x", undefined],
    ["https://[", undefined],
    ["http://mmg/x", undefined],
    ["ftp://a/x", undefined],
    ["data:text/plain,hi", undefined],
    ["file:///etc/passwd", undefined],
    [":22/x", undefined],
    ["", undefined],
  ])("nowhere by the path %s of the host %s, and cannot be had", async (path, host) => {
    expect(await asked({ path, ...(host !== undefined && { host }) })).toEqual({ urls: [], code: "media_not_found" });
  });
});
