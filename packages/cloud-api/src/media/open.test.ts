import type { Connection, MediaReference } from "@wadesk/core";
import type { FileRequest, MediaWork } from "@wadesk/core/ports";
import type { FakeMeta } from "@wadesk/testing";
import { afterEach, describe, expect, it } from "vitest";
import type { CloudApiDetails } from "../details.ts";
import type { CloudApiOptions } from "../options.ts";
import { connectedNumber } from "../testing/connected-number.ts";
import { failureOf } from "../testing/failure-of.ts";
import { largest } from "./largest.ts";
import { isMetaLink } from "./meta-links.ts";

const open: FakeMeta[] = [];
afterEach(async () => {
  for (const meta of open.splice(0)) await meta.close();
});

/** A number to which a picture came, and what the guard was asked for. */
function world(options?: CloudApiOptions) {
  const number = connectedNumber(options);
  const { meta, channel, connection } = number;
  open.push(meta);
  meta.addContact().sendFile(connection.details.phoneNumberId, { type: "image", bytes: new Uint8Array(3), mimeType: "image/png" });
  const { image } = meta.received.at(-1)?.payload ?? {};
  const { id } = image as { readonly id: string };
  const asked: FileRequest[] = [];
  const statuses: number[] = [];
  const work: MediaWork = {
    signal: number.context.signal,
    async fetchFile(request) {
      asked.push(request);
      const status = statuses.shift() ?? 200;
      return status === 200 ? { status, file: { stream: new ReadableStream() } } : { status };
    },
  };
  const openFile = (reference: MediaReference, over: Connection<CloudApiDetails> = connection) => {
    const { media } = channel.line(over, number.context);
    if (media === undefined) throw new Error("the channel has files");
    return media.open(reference, work);
  };
  return { ...number, id, asked, statuses, openFile };
}

describe("a file of Meta's", () => {
  it("is asked for by its id and with the number's, and brings what Meta says of it", async () => {
    const { meta, id, asked, openFile, token, connection } = world();
    const file = await openFile({ id });
    expect(file).toMatchObject({ mimeType: "image/png", sizeBytes: 3, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(meta.exchanges.at(-1)?.request.url).toContain(`/${id}?phone_number_id=${connection.details.phoneNumberId}`);
    const [request] = asked;
    const link = new URL(request?.url ?? "");
    expect([link.hostname, request?.isVendors?.(link), request?.authorizationFor?.(link)]).toEqual([
      "lookaside.fbsbx.com",
      true,
      `Bearer ${token}`,
    ]);
  });

  it("is asked for by the id in a link of Meta's, which is not fetched itself", async () => {
    const { id, asked, openFile } = world();
    const link = `https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=${id}&ext=1&hash=old`;
    await openFile({ url: link });
    expect(asked.map(({ url }) => url)).toEqual([expect.not.stringContaining("hash=old")]);
    expect((await failureOf(openFile({ url: "https://lookaside.fbsbx.com/whatsapp_business/attachments/" }))).code).toBe("media_not_found");
    expect(asked).toHaveLength(1);
  });

  it.each(["../me", "me", "1/accounts", "", "12 3"])("has an id of digits: %j is asked of nobody", async (id) => {
    const { meta, openFile } = world();
    const before = meta.exchanges.length;
    expect((await failureOf(openFile({ id }))).code).toBe("media_not_found");
    expect(meta.exchanges.length).toBe(before);
  });

  it("is unavailable where one fresh link after the other fails, and where Meta is out of order", async () => {
    const { id, asked, statuses, openFile } = world();
    statuses.push(404, 401);
    expect((await failureOf(openFile({ id }))).code).toBe("media_unavailable");
    expect(asked).toHaveLength(2);
    statuses.push(500);
    expect((await failureOf(openFile({ id }))).code).toBe("media_unavailable");
    expect(asked).toHaveLength(3);
  });

  it("is not found where its number is another one's, and a refused token is told as one", async () => {
    const { meta, id, openFile, connection } = world();
    const { id: other } = meta.addNumber({ wabaId: connection.details.wabaId });
    const foreign = { ...connection, details: { ...connection.details, phoneNumberId: other } };
    expect(await failureOf(openFile({ id }, foreign))).toMatchObject({ code: "media_not_found", vendor: { code: 100 } });
    meta.fault({ kind: "expired_token" });
    expect((await failureOf(openFile({ id }))).code).toBe("token_expired");
  });
});

describe("a file elsewhere", () => {
  it.each(["https://files.example/a.png", "https://lookaside.fbsbx.com.example/?mid=1", "http://lookaside.fbsbx.com/?mid=1"])(
    "is left to the guard, without a word of the token: %s",
    async (url) => {
      const { asked, openFile, statuses } = world();
      await openFile({ url });
      expect(asked).toEqual([{ url }]);
      statuses.push(404);
      expect((await failureOf(openFile({ url }))).code).toBe("media_unavailable");
    },
  );
});

it.each([
  ["https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1", "https://graph.facebook.com", true],
  ["https://lookaside.fbsbx.com:8443/?mid=1", "https://graph.facebook.com", false],
  ["https://graph.facebook.com/v23.0/me/accounts", "https://graph.facebook.com", false],
  ["http://127.0.0.1:4000/whatsapp_business/attachments/?mid=1", "http://127.0.0.1:4000", true],
  ["http://127.0.0.1:4001/whatsapp_business/attachments/?mid=1", "http://127.0.0.1:4000", false],
  ["http://127.0.0.1:4000/v23.0/me", "http://127.0.0.1:4000", false],
])("%s may learn the token of %s: %s", (url, graphUrl, may) => {
  expect(isMetaLink(new URL(url), graphUrl)).toBe(may);
});

it.each([
  ["image/jpeg", 5 * 1024 ** 2],
  ["image/webp", 500 * 1024],
  ["VIDEO/mp4", 16 * 1024 ** 2],
  ["audio/ogg; codecs=opus", 16 * 1024 ** 2],
  ["application/pdf", 100 * 1024 ** 2],
])("of %s Meta takes %i bytes", (type, bytes) => {
  expect(largest(type)).toBe(bytes);
});
