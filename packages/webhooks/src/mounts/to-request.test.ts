import type { IncomingMessage } from "node:http";
import { PassThrough } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { expect, it } from "vitest";
import { toRequest } from "./to-request.ts";

// a request as HTTP/2's compatibility layer makes it: no length, pseudo headers, an upload that may end without an error
function incomingOf(upload: PassThrough, change: object = {}): IncomingMessage {
  const message = {
    method: "POST",
    url: "/path?q",
    httpVersionMajor: 2,
    headers: { ":authority": "chat.example.com", "x-one": "1" },
    rawHeaders: [":authority", "chat.example.com", "x-one", "1"],
    socket: { encrypted: true },
  };
  return Object.assign(upload, message, change) as unknown as IncomingMessage;
}

it("reads a request of HTTP/2", async () => {
  const upload = new PassThrough();
  const request = toRequest(incomingOf(upload));
  upload.end("body");
  expect([request.url, [...request.headers], await request.text()]).toEqual(["https://chat.example.com/path?q", [["x-one", "1"]], "body"]);
});

it("takes no more from the sender than the handler asks for", async () => {
  const upload = new PassThrough();
  const reader = toRequest(incomingOf(upload)).body?.getReader();
  expect(upload.readableFlowing).toBe(null);
  upload.write("first");
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("first");
  upload.write("second");
  await setImmediate();
  expect([upload.isPaused(), upload.readableLength]).toEqual([true, "second".length]);
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("second");
});

it("fails a read whose upload ends before its end, with an error or without", async () => {
  for (const cause of [new Error("reset"), undefined]) {
    const upload = new PassThrough();
    const read = toRequest(incomingOf(upload)).text();
    await setImmediate();
    upload.destroy(cause);
    await expect(read).rejects.toThrow();
  }
});

it("lets through, unread, what is still coming when the handler has had enough", async () => {
  const upload = new PassThrough();
  const request = toRequest(incomingOf(upload));
  upload.write("first");
  const reader = request.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  upload.end("second");
  await new Promise((resolve) => upload.once("end", resolve));
  expect(upload.readableEnded).toBe(true);
});

it("cuts a refused upload that goes on for ever", async () => {
  const upload = new PassThrough();
  const reader = toRequest(incomingOf(upload)).body?.getReader();
  upload.write("first");
  await reader?.read();
  await reader?.cancel();
  const chunk = new Uint8Array(1024 * 1024);
  for (let megabyte = 0; megabyte < 16; megabyte += 1) {
    upload.write(chunk);
    await setImmediate();
  }
  expect(upload.destroyed).toBe(false);
  upload.write(chunk);
  await setImmediate();
  expect(upload.destroyed).toBe(true);
});
