import { describe, expect, it } from "vitest";
import { readContent } from "./read-content.ts";

const of = { message: undefined, seal: () => "sealed" };
const read = (body: object) => readContent(body, of);
const FILE = {
  directPath: "/v/1",
  mediaKey: Buffer.from("key"),
  fileSha256: Buffer.from("hash"),
  fileEncSha256: Buffer.from("hash"),
  fileLength: 3,
};

describe("what a message says", () => {
  it.each([
    [
      "is read through what it disappears in",
      { ephemeralMessage: { message: { conversation: "Hello" } } },
      { kind: "text", text: "Hello" },
    ],
    [
      "is read through a document with a caption",
      {
        documentWithCaptionMessage: {
          message: { documentMessage: { ...FILE, fileName: "a.pdf", caption: "Bill", mimetype: "application/pdf" } },
        },
      },
      { kind: "document", fileName: "a.pdf", caption: "Bill", media: { id: "sealed", mimeType: "application/pdf" } },
    ],
    [
      "is a tap on a button",
      { buttonsResponseMessage: { selectedButtonId: "yes", selectedDisplayText: "Yes" } },
      { kind: "button_reply", id: "yes", title: "Yes" },
    ],
    [
      "is a tap of a template",
      { templateButtonReplyMessage: { selectedId: "stop", selectedDisplayText: "Stop" } },
      { kind: "button_reply", id: "stop" },
    ],
    [
      "is a row of a list",
      { listResponseMessage: { title: "Soup", description: "Hot", singleSelectReply: { selectedRowId: "soup" } } },
      { kind: "list_reply", id: "soup", title: "Soup", description: "Hot" },
    ],
    [
      "is where somebody is now",
      { liveLocationMessage: { degreesLatitude: 1.5, degreesLongitude: 2.5 } },
      { kind: "location", latitude: 1.5 },
    ],
    ["is a round film", { ptvMessage: { ...FILE, mimetype: "video/mp4", seconds: 4 } }, { kind: "video", seconds: 4 }],
    ["has no word here", { eventMessage: { name: "Lunch" } }, { kind: "unknown", vendorType: "eventMessage" }],
    [
      "is a file that nobody can fetch",
      { imageMessage: { url: "https://mmg.whatsapp.net/v/1" } },
      { kind: "unknown", vendorType: "imageMessage" },
    ],
    ["is a place without degrees", { locationMessage: { name: "Nowhere" } }, { kind: "unknown", vendorType: "locationMessage" }],
  ])("%s", (_what, body, content) => {
    expect(read(body)?.content).toMatchObject(content);
  });

  it.each([
    ["nothing", {}],
    ["a key", { senderKeyDistributionMessage: {}, messageContextInfo: {} }],
    ["the phone's talk with its devices", { protocolMessage: { type: 5 } }],
  ])("is nothing where it is %s", (_what, body) => {
    expect(read(body)).toBeUndefined();
  });

  it("is found in no more than five wrappers", () => {
    const wrapped = (depth: number): object =>
      depth === 0 ? { conversation: "Hello" } : { ephemeralMessage: { message: wrapped(depth - 1) } };
    expect(read(wrapped(5))?.content).toEqual({ kind: "text", text: "Hello" });
    expect(read(wrapped(6))?.content).toEqual({ kind: "unknown", vendorType: "ephemeralMessage" });
  });

  it.each([
    ["WhatsApp's own", "https://mmg-fna.whatsapp.net/v/1", "mmg-fna.whatsapp.net"],
    ["a stranger's", "https://evil.example/v/1", undefined],
    ["one that only looks like it", "https://whatsapp.net.evil.example/v/1", undefined],
    ["not https", "http://mmg.whatsapp.net/v/1", undefined],
  ])("leads to the host that it names where that is %s", (_what, url, host) => {
    let told: unknown;
    const seal = (file: object): string => {
      told = file;
      return "sealed";
    };
    readContent({ imageMessage: { ...FILE, url, mimetype: "image/png" } }, { ...of, seal });
    expect((told as { readonly host?: string }).host).toBe(host);
  });
});
