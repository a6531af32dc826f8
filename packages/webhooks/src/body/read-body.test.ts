import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBody } from "./read-body.ts";

const request = (body: BodyInit | null, headers: Record<string, string> = {}): Request =>
  new Request("https://chat.example.com/", { method: "POST", body, headers, duplex: "half" } as RequestInit);

function streamOf(chunks: readonly Uint8Array[], onCancel: () => void = () => undefined): ReadableStream<Uint8Array> {
  const rest = [...chunks];
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const next = rest.shift();
        if (next) controller.enqueue(next);
        else controller.close();
      },
      cancel: onCancel,
    },
    { highWaterMark: 0 },
  );
}

/** A request that is none of Node's, which would refuse such bytes itself. */
const bare = { bodyUsed: false, headers: new Headers() };

describe("readBody", () => {
  it("joins whatever chunks the bytes come in", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1 })), async (chunks) => {
        expect(Buffer.compare(await readBody(request(streamOf(chunks)), 100_000), Buffer.concat(chunks))).toBe(0);
      }),
    );
  });

  it("takes bytes of another realm, as a request's are in jsdom", async () => {
    const foreign: Uint8Array = runInNewContext("Uint8Array.of(1, 2, 3)");
    const read = await readBody({ ...bare, body: streamOf([foreign]) } as Request, 8);
    expect([...read]).toEqual([1, 2, 3]);
  });

  it("takes a body of exactly the limit, and stops reading at the chunk that goes over it", async () => {
    let cancelled = false;
    const chunks = [new Uint8Array(4), new Uint8Array(4), new Uint8Array(1), new Uint8Array(1_000_000)];
    expect(await readBody(request(streamOf(chunks.slice(0, 2))), 8)).toHaveLength(8);
    const endless = streamOf(chunks, () => {
      cancelled = true;
    });
    await expect(readBody(request(endless), 8)).rejects.toMatchObject({ code: "body_too_large" });
    expect(cancelled).toBe(true);
  });

  it("does not begin to read what declares itself too large", async () => {
    const declared = request(streamOf([new Uint8Array(1)]), { "content-length": "9" });
    await expect(readBody(declared, 8)).rejects.toMatchObject({ code: "body_too_large" });
    expect(declared.bodyUsed).toBe(false);
  });

  it("counts the bytes, whatever a request declares", async () => {
    for (const length of ["1", "-1", "many", "1e99x", ""]) {
      const lying = request(streamOf([new Uint8Array(9)]), { "content-length": length });
      await expect(readBody(lying, 8)).rejects.toMatchObject({ code: "body_too_large" });
    }
  });

  it("gives the loop its turn while a body comes in very many pieces, and keeps no piece", async () => {
    let [turns, taken, ended] = [0, 0, false];
    const one = Uint8Array.of(7);
    const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
      taken += 1;
      if (taken > 100_000) controller.close();
      else controller.enqueue(one);
    };
    const body = new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 });
    const others = (): void => {
      turns += 1;
      if (!ended) setImmediate(others);
    };
    setImmediate(others);
    const read = await readBody(request(body), 1_000_000);
    ended = true;
    expect([read.length, read.every((byte) => byte === 7)]).toEqual([100_000, true]);
    expect(turns).toBeGreaterThan(100);
    // one buffer, at most twice as long as what is in it
    expect(read.buffer.byteLength).toBeLessThanOrEqual(200_000);
  });

  it("calls an upload that broke off invalid", async () => {
    const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error("gone")) });
    await expect(readBody(request(broken), 8)).rejects.toMatchObject({ code: "body_invalid" });
  });

  it("takes a body that is read or locked already for missing, and none for empty", async () => {
    const locked = request("body");
    locked.body?.getReader();
    await expect(readBody(locked, 8)).rejects.toMatchObject({ code: "raw_body_missing" });
    expect(await readBody(request(null), 8)).toHaveLength(0);
  });
});
