import { expect, it, vi } from "vitest";
import { openEcho } from "../testing/open-echo.ts";

const BYTES = new TextEncoder().encode("a picture");
const png = { mimeType: "image/png" };
const to = "+4915100000001";

/** A workspace whose vendor takes eight bytes, and what was asked of the vault and the channel since. */
async function openWorld(files: "in" | "in and out" | undefined) {
  const { wadesk, vendor, storage } = openEcho({ files });
  const acme = wadesk.workspace("acme");
  await acme.connect("echo", { number: "+111", token: "tok-1" });
  vendor.largest = 8;
  const records = vi.spyOn(storage.records, "get");
  const line = vi.spyOn(vendor.channel, "line");
  const touched = (): readonly unknown[] => [
    records.mock.calls.filter(([namespace]) => namespace.startsWith("secret/")).length,
    line.mock.calls.length,
  ];
  return { acme, vendor, touched };
}

const codeOf = (work: Promise<unknown>): Promise<unknown> => work.catch((error: { readonly code?: unknown }) => error.code);
const locked = new Blob([BYTES]).stream();
locked.getReader();

it.each([
  ["too large", { data: BYTES, ...png }, "media_too_large"],
  ["too large, in a Blob", { data: new Blob([BYTES]), ...png }, "media_too_large"],
  ["empty", { data: new Uint8Array(), ...png }, "input_invalid"],
  ["read by somebody else", { data: locked, ...png }, "input_invalid"],
  ["of no MIME type", { data: new Uint8Array(1), mimeType: "png" }, "input_invalid"],
] as const)("a file that is %s is refused before a secret is opened or a line made", async (_name, media, code) => {
  const { acme, touched } = await openWorld("in and out");
  expect(await codeOf(acme.media.upload(media))).toBe(code);
  expect(await codeOf(acme.send({ to, content: { kind: "image", media } }))).toBe(code);
  expect(touched()).toEqual([0, 0]);
});

it.each(["ftp://files.example/a", "file:///etc/passwd", "data:text/plain,hello", "no address"])(
  "a download of %s is refused before a secret is opened or a line made",
  async (url) => {
    const { acme, touched } = await openWorld("in and out");
    expect(await codeOf(acme.media.download({ url }))).toBe("media_address_refused");
    expect(touched()).toEqual([0, 0]);
  },
);

it.each(["in", undefined] as const)("bytes are refused before that where the channel takes none: files %s", async (files) => {
  const { acme, touched } = await openWorld(files);
  expect(await codeOf(acme.media.upload({ data: BYTES, ...png }))).toBe("content_unsupported");
  if (files === undefined) expect(await codeOf(acme.media.download({ id: "7" }))).toBe("content_unsupported");
  expect(touched()).toEqual([0, 0]);
});

it("a line without what its channel promised is no line with files, and not an error of its own", async () => {
  const { acme, vendor } = await openWorld("in");
  Object.assign(vendor.channel, { files: { upload: { largest: () => undefined } } });
  expect(await codeOf(acme.media.upload({ data: BYTES, ...png }))).toBe("content_unsupported");
  const { line } = vendor.channel;
  Object.assign(vendor.channel, {
    line: (...call: Parameters<typeof line>) => {
      const { media: _, ...rest } = line(...call);
      return rest;
    },
  });
  expect(await codeOf(acme.media.download({ id: "7" }))).toBe("content_unsupported");
});
