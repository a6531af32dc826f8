import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { isWadeskError } from "../../errors/wadesk-error.ts";
import type { FetchedFile, FileRequest } from "../../ports/media.ts";
import { createFetchFile, type FetchFileParts } from "./fetch-file.ts";

interface Asked {
  readonly url: string;
  readonly authorization: string | null;
  readonly redirect: string | undefined;
}

const redirect = (location: string, status = 302): Response => new Response(null, { status, headers: { location } });
const NAMES: Readonly<Record<string, readonly string[]>> = {
  "files.example": ["93.184.215.14", "2606:4700::1"],
  "inside.example": ["10.0.0.7"],
  "half.example": ["93.184.215.14", "127.0.0.1"],
  "nowhere.example": [],
};

/** A guard over a network that answers as the test says, by address. */
function network(answers: Readonly<Record<string, () => Response>>, parts: Partial<FetchFileParts> = {}) {
  const asked: Asked[] = [];
  const fetch: typeof globalThis.fetch = async (address, init) => {
    const url = String(address);
    asked.push({ url, authorization: new Headers(init?.headers).get("authorization"), redirect: init?.redirect });
    return answers[url]?.() ?? new Response(null, { status: 404 });
  };
  const lookup = async (hostname: string): Promise<readonly string[]> => {
    const found = NAMES[hostname];
    if (found === undefined) throw Object.assign(new Error("no such host"), { code: "ENOTFOUND" });
    return found;
  };
  const fetchFile = createFetchFile({ fetch, fetchAt: undefined, lookup, signal: new AbortController().signal, ...parts });
  return { asked, fetchFile };
}

const vendors: Omit<FileRequest, "url"> = {
  isVendors: ({ hostname }) => hostname.endsWith("vendor.example"),
  authorizationFor: ({ hostname }) => (hostname === "api.vendor.example" ? "Bearer t0ken" : undefined),
};
const textOf = async ({ file }: FetchedFile): Promise<string> => new Response(file?.stream).text();
const codeOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "answered",
    (error: unknown) => (isWadeskError(error) ? `${error.code}: ${error.message.match(/\((.*)\)$/)?.[1]}` : error),
  );

describe("a file at the vendor's", () => {
  it("is asked for with the credentials, wherever it lies, and no redirect is followed unseen", async () => {
    const { asked, fetchFile } = network({ "http://api.vendor.example:8080/f": () => new Response("bytes") });
    const got = await fetchFile({ ...vendors, url: "http://api.vendor.example:8080/f" });
    expect([got.status, await textOf(got)]).toEqual([200, "bytes"]);
    expect(asked).toEqual([{ url: "http://api.vendor.example:8080/f", authorization: "Bearer t0ken", redirect: "manual" }]);
  });

  it.each([301, 302, 303, 307, 308])("is followed through a %i, and the credentials stay behind", async (status) => {
    const { asked, fetchFile } = network({
      "https://api.vendor.example/f": () => redirect("https://cdn.vendor.example/g", status),
      "https://cdn.vendor.example/g": () => redirect("https://files.example/h?sig=1", status),
      "https://files.example/h?sig=1": () => new Response("bytes"),
    });
    expect(await textOf(await fetchFile({ ...vendors, url: "https://api.vendor.example/f" }))).toBe("bytes");
    expect(asked.map(({ url, authorization }) => [url, authorization])).toEqual([
      ["https://api.vendor.example/f", "Bearer t0ken"],
      ["https://cdn.vendor.example/g", null],
      ["https://files.example/h?sig=1", null],
    ]);
  });

  it("brings along what its answer says of it", async () => {
    const headers = { "content-type": "image/png", "content-length": "5", "content-disposition": 'attachment; filename="a/b.png"' };
    const { fetchFile } = network({ "https://api.vendor.example/f": () => new Response("bytes", { headers }) });
    const { file } = await fetchFile({ ...vendors, url: "https://api.vendor.example/f" });
    expect(file).toMatchObject({ mimeType: "image/png", sizeBytes: 5, fileName: "b.png" });
  });

  it("has no size where its bytes were packed on the way", async () => {
    const headers = { "content-encoding": "gzip", "content-length": "5" };
    const { fetchFile } = network({ "https://api.vendor.example/f": () => new Response("longer", { headers }) });
    expect((await fetchFile({ ...vendors, url: "https://api.vendor.example/f" })).file?.sizeBytes).toBeUndefined();
  });

  it("is none where the answer is another than 200, whose body is dropped", async () => {
    let dropped = false;
    const body = new ReadableStream({
      cancel() {
        dropped = true;
      },
    });
    const { fetchFile } = network({ "https://api.vendor.example/f": () => new Response(body, { status: 403 }) });
    expect(await fetchFile({ ...vendors, url: "https://api.vendor.example/f" })).toEqual({ status: 403 });
    expect(dropped).toBe(true);
  });
});

describe("a file at an address that a stranger chose", () => {
  const ask = (url: string): Promise<unknown> => codeOf(network({ [url]: () => new Response("bytes") }).fetchFile({ ...vendors, url }));

  it("is fetched over https from a host of which every address is public, without credentials", async () => {
    const { asked, fetchFile } = network({ "https://files.example/a": () => new Response("bytes") });
    expect(await textOf(await fetchFile({ url: "https://files.example/a", authorizationFor: () => "Bearer t0ken" }))).toBe("bytes");
    expect(asked).toEqual([{ url: "https://files.example/a", authorization: null, redirect: "manual" }]);
  });

  it.each([
    ["http://files.example/a", "media_address_refused: it must begin with https://"],
    ["ftp://files.example/a", "media_address_refused: it must begin with https://"],
    ["data:text/plain,hello", "media_address_refused: it must begin with https://"],
    ["https://inside.example/a", "media_address_refused: inside.example does not lie on the public internet"],
    ["https://half.example/a", "media_address_refused: half.example does not lie on the public internet"],
    ["https://nowhere.example/a", "media_address_refused: nowhere.example does not lie on the public internet"],
    ["https://127.0.0.1/a", "media_address_refused: 127.0.0.1 does not lie on the public internet"],
    ["https://2130706433/a", "media_address_refused: 127.0.0.1 does not lie on the public internet"],
    ["https://0x7f.1/a", "media_address_refused: 127.0.0.1 does not lie on the public internet"],
    ["https://[::1]/a", "media_address_refused: [::1] does not lie on the public internet"],
    ["https://[::ffff:169.254.169.254]/a", "media_address_refused: [::ffff:a9fe:a9fe] does not lie on the public internet"],
    ["https://me:p@files.example/a", "media_address_refused: it carries a user name or password"],
    ["not an address", "media_address_refused: it is no address"],
    ["https://unknown.example/a", "media_unavailable: ENOTFOUND"],
  ])("is not fetched from %s", async (url, said) => {
    expect(await ask(url)).toBe(said);
  });

  it.each(["https://inside.example/x", "http://files.example/x", "https://127.0.0.1/x", "file:///etc/passwd"])(
    "is not fetched through a redirect to %s",
    async (location) => {
      const { asked, fetchFile } = network({
        "https://files.example/a": () => redirect(location),
        [location]: () => new Response("secrets"),
      });
      expect(await codeOf(fetchFile({ ...vendors, url: "https://files.example/a" }))).toMatch(/^media_address_refused/);
      expect(asked.map(({ url }) => url)).toEqual(["https://files.example/a"]);
    },
  );

  it("is not followed for ever", async () => {
    const { asked, fetchFile } = network({ "https://files.example/a": () => redirect("/a") });
    expect(await codeOf(fetchFile({ url: "https://files.example/a" }))).toBe("media_address_refused: more than 5 redirects");
    expect(asked).toHaveLength(6);
  });

  it("is connected to at the addresses that were looked at, where the platform lets one choose", async () => {
    const pinned: (readonly string[])[] = [];
    const fetchAt: FetchFileParts["fetchAt"] = async (_url, addresses) => {
      pinned.push(addresses);
      return new Response("bytes");
    };
    const { asked, fetchFile } = network({}, { fetchAt });
    expect(await textOf(await fetchFile({ url: "https://files.example/a" }))).toBe("bytes");
    expect([pinned, asked]).toEqual([[["93.184.215.14", "2606:4700::1"]], []]);
  });

  it("is not taken packed where nobody would unpack it: it was asked for as it is", async () => {
    let dropped = false;
    const body = new ReadableStream({
      cancel() {
        dropped = true;
      },
    });
    const fetchAt: FetchFileParts["fetchAt"] = async (_url, _addresses, { headers }) => {
      expect(headers.get("accept-encoding")).toBe("identity");
      return new Response(body, { headers: { "content-encoding": "gzip" } });
    };
    const { fetchFile } = network({}, { fetchAt });
    expect(await codeOf(fetchFile({ url: "https://files.example/a" }))).toMatch(/^media_unavailable: files.example packed it/);
    expect(dropped).toBe(true);
  });

  it("whose connection breaks is unavailable, and the error repeats nothing of the request", async () => {
    const fetch = async (): Promise<Response> => {
      throw new TypeError("fetch failed for Bearer t0ken", { cause: Object.assign(new Error("t0ken"), { code: "ECONNRESET" }) });
    };
    const { fetchFile } = network({}, { fetch });
    const error: unknown = await fetchFile({ ...vendors, url: "https://api.vendor.example/f" }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "media_unavailable" });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("t0ken");
    expect(String(error)).toContain("ECONNRESET");
    expect(String(error)).not.toContain("t0ken");
  });
});
