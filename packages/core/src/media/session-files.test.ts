import { expect, it } from "vitest";
import { memoryStorage } from "../memory/memory-storage.ts";
import type { MediaReference } from "../model/content/media-content.ts";
import type { LineMedia, MediaWork } from "../ports/media.ts";
import { type EchoProcess, openEchoProcess } from "../testing/echo-sessions.ts";
import { manualClock } from "../testing/manual-clock.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const TEXT = "a picture";

/** Two processes whose numbers have sessions, the first of which holds the one of a number that files come to. */
async function openWorld() {
  const clock = manualClock();
  const storage = memoryStorage({ now: clock.now });
  const opened: { readonly number: string; readonly reference: MediaReference; readonly work: MediaWork }[] = [];
  const brought: string[] = [];
  let cancelled: unknown;
  /** What comes after the first piece, which is there at once. */
  const rest = Promise.withResolvers<void>();
  const mediaOf = (number: string): LineMedia => ({
    async open(reference, work) {
      opened.push({ number, reference, work });
      const pieces = [bytesOf("a pic"), bytesOf("ture")];
      const stream = new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            if (pieces.length < 2) await rest.promise;
            const piece = pieces.shift();
            if (piece === undefined) controller.close();
            else controller.enqueue(piece);
          },
          cancel(reason) {
            cancelled = reason;
          },
        },
        { highWaterMark: 0 },
      );
      return { stream, mimeType: "image/png", sizeBytes: 9 };
    },
    async upload({ stream }) {
      brought.push(await new Response(stream).text());
      return { id: `file-${brought.length}` };
    },
  });
  const process = (): EchoProcess => openEchoProcess(storage, clock, "one-process", { mediaOf });
  const [one, two] = [process(), process()];
  await one.wadesk.start();
  await clock.advance(1);
  await two.wadesk.start();
  const { id } = await one.wadesk.workspace("acme").connect("socket", { number: "+111" });
  return { clock, one, two, id, opened, brought, goOn: rest.resolve, cancelled: () => cancelled };
}

it("a file is downloaded through the line of a session, as through any other", async () => {
  const { one, two, opened, goOn } = await openWorld();
  goOn();
  const { stream, ...facts } = await one.wadesk.workspace("acme").media.download({ id: "7" });
  expect([await new Response(stream).text(), facts]).toEqual([TEXT, { mimeType: "image/png", sizeBytes: 9 }]);
  expect(opened).toMatchObject([{ number: "+111", reference: { id: "7" } }]);
  for (const each of [one, two]) await each.wadesk.stop();
});

it("bytes go out through the line of a session, and its message with the id they got", async () => {
  const { one, two, brought } = await openWorld();
  const content = { kind: "image", media: { data: bytesOf(TEXT), mimeType: "image/png" } } as const;
  await one.wadesk.workspace("acme").send({ to: "+4915100000001", content });
  expect([brought, one.calls.filter((call) => call.startsWith("send"))]).toEqual([[TEXT], [expect.stringMatching(/by \+111$/)]]);
  for (const each of [one, two]) await each.wadesk.stop();
});

it("in a process that does not hold the session a file is refused by name, and nothing of the data is read", async () => {
  const { one, two, opened, brought } = await openWorld();
  const acme = two.wadesk.workspace("acme");
  let asked = 0;
  const pull = (): void => {
    asked += 1;
  };
  const data = new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 });
  await expect(acme.media.download({ id: "7" })).rejects.toMatchObject({ code: "session_elsewhere" });
  await expect(acme.media.upload({ data, mimeType: "image/png" })).rejects.toMatchObject({ code: "session_elsewhere" });
  const content = { kind: "image", media: { data, mimeType: "image/png" } } as const;
  await expect(acme.send({ to: "+4915100000001", content })).rejects.toMatchObject({ code: "session_elsewhere" });
  expect([opened, brought, asked, data.locked]).toEqual([[], [], 0, false]);
  for (const each of [one, two]) await each.wadesk.stop();
});

it("a file whose session is lost while it is read ends as unavailable, and the line's signal says so", async () => {
  const { clock, one, two, id, opened, cancelled } = await openWorld();
  const reader = (await one.wadesk.workspace("acme").media.download({ id: "7" })).stream.getReader();
  await reader.read();
  const second = reader.read();
  second.catch(() => {});
  await one.wadesk.workspace("acme").disconnect(id);
  await clock.advance(1);
  await expect(second).rejects.toMatchObject({ code: "media_unavailable" });
  await expect(second).rejects.toThrow("the session of its connection ended");
  expect([opened[0]?.work.signal.aborted, cancelled()]).toEqual([true, expect.objectContaining({ code: "media_unavailable" })]);
  for (const each of [one, two]) await each.wadesk.stop();
});

it("a file that is being read is waited for by stop, like a call, and then ended", async () => {
  const { clock, one, two, cancelled } = await openWorld();
  const reader = (await one.wadesk.workspace("acme").media.download({ id: "7" })).stream.getReader();
  await reader.read();
  const second = reader.read();
  second.catch(() => {});
  const stopping = one.wadesk.stop({ withinMs: 1000 });
  await clock.advance(999);
  expect(cancelled()).toBeUndefined();
  await clock.advance(1);
  await expect(second).rejects.toThrow("the client was stopped");
  await clock.advance(10_000);
  await stopping;
  expect(one.log.join()).toContain("stopped without waiting any longer for providers to answer");
  await two.wadesk.stop();
});

it("a file that was read to its end, or cancelled, holds up no stop", async () => {
  const { one, two, goOn } = await openWorld();
  const { media } = one.wadesk.workspace("acme");
  await (await media.download({ id: "7" })).stream.cancel();
  goOn();
  await new Response((await media.download({ id: "7" })).stream).text();
  await media.upload({ data: bytesOf(TEXT), mimeType: "image/png" });
  await expect(media.upload({ data: bytesOf(""), mimeType: "image/png" })).rejects.toMatchObject({ code: "input_invalid" });
  // a clock that stands still would never end a wait
  for (const each of [one, two]) await each.wadesk.stop();
});
