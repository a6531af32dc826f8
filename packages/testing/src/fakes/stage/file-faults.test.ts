import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { openTwilio } from "../../testing/open-twilio.ts";
import { openWorld } from "../../testing/open-world.ts";
import { fileBody, spoiled } from "./file-faults.ts";

const HOUR_MS = 3_600_000;
const bytes = new TextEncoder().encode("a picture");

async function metaFile() {
  const world = await openWorld();
  world.ana.sendFile(world.numberId, { type: "image", bytes, mimeType: "image/png" });
  const { image } = world.meta.received.at(-1)?.payload ?? {};
  const { id } = image as { readonly id: string };
  const { body } = await world.call(`${id}?phone_number_id=${world.numberId}`);
  return { ...world, id, described: body, download: () => world.call(body.url) };
}

async function twilioFile() {
  const world = openTwilio();
  world.ana.send(world.sender.number, { file: { bytes, contentType: "image/png" } });
  await world.twilio.settled();
  const url = world.heard[0]?.form.MediaUrl0 ?? "";
  const authorization = `Basic ${Buffer.from(`${world.account.sid}:${world.account.authToken}`).toString("base64")}`;
  const led = await world.twilio.answer(new Request(url, { headers: { authorization } }));
  return { ...world, url, authorization, location: led?.headers.get("location") ?? "", download: () => world.call(url) };
}

describe("a file of the fake Meta", () => {
  it("has another hash than it was described with, once, when it is spoiled", async () => {
    const { meta, described, download } = await metaFile();
    const hashOf = async (): Promise<string> =>
      createHash("sha256")
        .update((await download()).body)
        .digest("hex");
    meta.fault({ kind: "file_spoiled" });
    expect(await hashOf()).not.toBe(described.sha256);
    expect(await hashOf()).toBe(described.sha256);
  });

  it("is described with another size, ends its link, leads on and breaks off on request", async () => {
    const { meta, call, id, download } = await metaFile();
    meta.fault({ kind: "file_size", bytes: 5 });
    expect((await call(id)).body.file_size).toBe(5);
    meta.fault({ kind: "link_expired" });
    expect((await download()).status).toBe(404);
    meta.fault({ kind: "file_moved", location: "https://elsewhere.example/a" });
    const moved = await download();
    expect([moved.status, moved.headers.get("location")]).toEqual([302, "https://elsewhere.example/a"]);
    meta.fault({ kind: "file_cut", afterBytes: 4 });
    await expect(download()).rejects.toThrow("terminated");
    expect([(await download()).body, (await download()).headers.get("content-length")]).toEqual(["a picture", "9"]);
  });
});

describe("a file of the fake Twilio", () => {
  it("lies for four hours at an address that nobody can make up, and that takes no credentials", async () => {
    const { call, twilio, location, authorization, time } = await twilioFile();
    const get = (url: string): ReturnType<typeof call> => call(url, { as: "" });
    expect(new URL(location).hostname).toBe("mms.twiliocdn.com");
    expect((await get(location)).body).toBe("a picture");
    expect((await get(location.replace(/expires=\d/, "expires=9"))).status).toBe(403);
    const proven = await twilio.answer(new Request(location, { headers: { authorization } }));
    expect(proven?.status).toBe(400);
    await time.advance(4 * HOUR_MS - 1);
    expect((await get(location)).status).toBe(200);
    await time.advance(1);
    expect((await get(location)).status).toBe(403);
  });

  it("is spoiled, ends its link, leads on and breaks off on request", async () => {
    const { twilio, download, url, authorization } = await twilioFile();
    twilio.fault({ kind: "file_spoiled" });
    expect((await download()).body).not.toBe("a picture");
    twilio.fault({ kind: "link_expired" });
    expect((await download()).status).toBe(403);
    twilio.fault({ kind: "file_moved", location: "https://elsewhere.example/a" });
    const moved = await twilio.answer(new Request(url, { headers: { authorization } }));
    expect([moved?.status, moved?.headers.get("location")]).toEqual([307, "https://elsewhere.example/a"]);
    twilio.fault({ kind: "file_cut", afterBytes: 4 });
    await expect(download()).rejects.toThrow("terminated");
    expect((await download()).body).toBe("a picture");
  });
});

it("a body is given piece by piece, each when it is asked for, and whole", async () => {
  const large = Uint8Array.from({ length: 200_000 }, (_, index) => index % 251);
  const reader = fileBody(large, undefined).getReader();
  expect((await reader.read()).value).toHaveLength(65_536);
  reader.releaseLock();
  expect(new Uint8Array(await new Response(fileBody(large, undefined)).arrayBuffer())).toEqual(large);
});

it("spoiled bytes differ in the last one, and the file itself stays as it is", () => {
  const file = Uint8Array.from([1, 2, 3]);
  expect([spoiled(file), file]).toEqual([Uint8Array.from([1, 2, 2]), Uint8Array.from([1, 2, 3])]);
});
