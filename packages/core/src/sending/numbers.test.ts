import { describe, expect, it } from "vitest";
import { WadeskError } from "../errors/wadesk-error.ts";
import { steadyNumbers } from "../kit/steady-numbers.ts";
import type { OutboundMessage } from "../model/message.ts";
import type { NumberRule } from "../ports/number-rule.ts";
import { openSessionWorld } from "../testing/echo-sessions.ts";
import { type EchoSession, writeTo } from "../testing/echo-socket.ts";

const hello = { kind: "text", text: "hello" } as const;
const NEW = "+4915100000002";
/** Who writes in these tests. */
const ANA = "+4915100000001";

/** A process with three numbers; the first is the primary one. */
async function three(numbers: NumberRule = steadyNumbers) {
  const world = openSessionWorld();
  const one = world.process("one-process", { numbers, mediaOf: () => media });
  await one.wadesk.start();
  const acme = one.wadesk.workspace("acme");
  const ids = new Map<string, string>();
  for (const number of ["+111", "+222", "+333"]) ids.set((await acme.connect("socket", { number })).id, number);
  const sent: [number: string, message: OutboundMessage][] = [];
  one.onSend = async (number, message) => void sent.push([number, message]);
  const idOf = (number: string): string => [...ids].find(([, each]) => each === number)?.[0] ?? "";
  const session = (number: string): EchoSession => one.open.get(number) as EchoSession;
  const from = async (to: string): Promise<string | undefined> => ids.get((await acme.send({ to, content: hello })).connectionId);
  return { ...world, one, acme, ids, idOf, sent, session, from };
}
const media = {
  open: () => Promise.reject(new WadeskError("media_not_found")),
  async upload({ stream }: { readonly stream: ReadableStream<Uint8Array> }) {
    for await (const _bytes of stream);
    return { id: "file" };
  },
};

it("messages that are sent at once share their reads of the settings, of the contact and of the connection, and go out in their order", async () => {
  const { acme, idOf, sent, faulty, clock } = await three();
  await acme.send({ from: idOf("+111"), to: ANA, content: hello });
  await clock.advance(1);
  const readsOf = async (count: number): Promise<number> => {
    const before = faulty.callsOf("get");
    const texts = Array.from({ length: count }, (_unused, index) => String(index));
    await Promise.all(texts.map((text) => acme.send({ from: idOf("+111"), to: ANA, content: { kind: "text", text } })));
    expect(sent.slice(-count).map(([, { content }]) => (content.kind === "text" ? content.text : ""))).toEqual(texts);
    return faulty.callsOf("get") - before;
  };
  // that its connection still stands and what its contact heard last is read for each, when its row is stored and when it was sent
  const after = 2;
  expect(await readsOf(1)).toBe(3 + after);
  expect(await readsOf(20)).toBeLessThanOrEqual(3 + 20 * after);
});

describe("a message that names no number", () => {
  it("goes out from the number that the contact wrote to, and the next one too", async () => {
    const { from, session, clock } = await three();
    await writeTo(session("+222"), "in.1", clock.now());
    await clock.advance(1);
    expect([await from(ANA), await from(ANA)]).toEqual(["+222", "+222"]);
  });

  it("goes out from the number that the contact has just written to, though another wrote to them in the same second", async () => {
    const { from, session, clock, acme, idOf } = await three();
    await clock.advance(1500);
    await acme.send({ to: ANA, content: hello, from: idOf("+111") });
    await clock.advance(200);
    // vendors cut the rest off
    await writeTo(session("+333"), "in.1", Math.floor(clock.now() / 1000) * 1000);
    await clock.advance(1);
    expect(await from(ANA)).toBe("+333");
  });

  it("goes to somebody new from no restricted number, and to whoever is in a chat with one from that one", async () => {
    const { acme, from, session, clock } = await three();
    const kept = (await from(NEW)) ?? "";
    for (const number of ["+111", "+222"])
      session(number).voice.report({ type: "restricted", reason: "new_chats_locked", at: clock.now() });
    await clock.advance(1);
    for (let index = 0; index < 9; index += 1) expect(await from(`+491510000100${index}`)).toBe("+333");
    session("+333").voice.report({ type: "restricted", reason: "new_chats_locked", at: clock.now() });
    await clock.advance(1);
    await expect(acme.send({ to: "+4915100002000", content: hello })).rejects.toMatchObject({ code: "spam_limited" });
    expect(await from(NEW)).toBe(kept);
  });

  it("to somebody new is told as one that begins a chat, and the second one as none", async () => {
    const { from, sent, acme, idOf } = await three();
    const chosen = await from(NEW);
    await from(NEW);
    const other = ["+111", "+222", "+333"].find((number) => number !== chosen) ?? "";
    await acme.send({ to: NEW, content: hello, from: idOf(other) });
    expect(sent.map(([number, { opensChat }]) => [number, opensChat])).toEqual([
      [chosen, true],
      [chosen, false],
      [other, true],
    ]);
  });

  it.each(["banned", "not_connected", "provider_unavailable", "session_opening", "lease_lost"] as const)(
    "moves to another number where its own answers %s, and is one message with one row",
    async (code) => {
      const { from, acme, one, sent, ids } = await three();
      const first = (await from(NEW)) ?? "";
      one.onSend = async (number, message) => {
        if (number === first) throw new WadeskError(code);
        sent.push([number, message]);
      };
      const { id, connectionId } = await acme.send({ to: NEW, content: hello, idempotencyKey: "order 1" });
      const second = ids.get(connectionId);
      expect(second).not.toBe(first);
      expect(await acme.message(id)).toMatchObject({ connectionId, to: { phone: NEW } });
      expect((await acme.send({ to: NEW, content: hello, idempotencyKey: "order 1" })).id).toBe(id);
      expect(sent.map(([number]) => number)).toEqual([first, second]);
      // and stays there
      expect(await from(NEW)).toBe(second);
      expect(one.log.filter((line) => /^(warn|error)/.test(line))).toEqual([]);
    },
  );

  it("moves at once where its number's connection is lost", async () => {
    const { from, session } = await three();
    const first = (await from(NEW)) ?? "";
    session(first).cut();
    expect(await from(NEW)).not.toBe(first);
  });

  it("that may have left goes out from no other number", async () => {
    const { acme, one, sent, from } = await three();
    one.onSend = async (number, message) => {
      sent.push([number, message]);
      throw new WadeskError("outcome_unknown");
    };
    await expect(acme.send({ to: NEW, content: hello })).rejects.toMatchObject({ code: "outcome_unknown" });
    expect(sent).toHaveLength(1);
    // nor does the next one: the contact may have heard from the first
    const [first] = sent.map(([number]) => number);
    one.onSend = async (number, message) => void sent.push([number, message]);
    for (const number of ["+111", "+222", "+333"]) if (number !== first) expect(await from(NEW)).toBe(first);
  });

  it("waits where its number's pace is used up and the chat is there, and begins elsewhere where it is not", async () => {
    const { from, one, acme } = await three();
    const [kept, other] = [await from(NEW), "+4915100000003"];
    one.onSend = async (number) => {
      if (number === kept) throw new WadeskError("pace_limited", { retryAfterMs: 1000 });
    };
    await expect(acme.send({ to: NEW, content: hello })).rejects.toMatchObject({ code: "pace_limited", retryAfterMs: 1000 });
    for (let index = 0; index < 9; index += 1) expect(await from(`${other}${index}`)).not.toBe(kept);
    one.onSend = async () => {
      throw new WadeskError("pace_limited", { retryAfterMs: 1000 });
    };
    await expect(acme.send({ to: other, content: hello })).rejects.toMatchObject({ code: "pace_limited" });
  });

  it("is refused by what is wrong with itself, once", async () => {
    const { acme, one, sent } = await three();
    one.onSend = async (number, message) => {
      sent.push([number, message]);
      throw new WadeskError("recipient_unreachable");
    };
    await expect(acme.send({ to: NEW, content: hello })).rejects.toMatchObject({ code: "recipient_unreachable" });
    await expect(acme.send({ to: NEW, content: { kind: "location", latitude: 1, longitude: 1 } })).rejects.toMatchObject({
      code: "content_unsupported",
    });
    expect(sent).toHaveLength(1);
  });

  it("takes its files to the number that it goes out from", async () => {
    const { acme, session, clock, ids } = await three();
    await writeTo(session("+333"), "in.1", clock.now());
    await clock.advance(1);
    const image = { kind: "image", media: { data: new Uint8Array([1]), mimeType: "image/png" } } as const;
    expect(ids.get((await acme.send({ to: ANA, content: image })).connectionId)).toBe("+333");
  });

  it("says why where no number is there", async () => {
    const { acme, session, clock } = await three();
    for (const number of ["+111", "+222", "+333"]) session(number).cut("unlinked");
    await clock.advance(1);
    await expect(acme.send({ to: NEW, content: hello })).rejects.toMatchObject({ code: "not_connected" });
    await expect(
      openSessionWorld().process(undefined, { numbers: steadyNumbers }).wadesk.workspace("acme").send({ to: NEW, content: hello }),
    ).rejects.toMatchObject({ code: "no_connection" });
  });
});

it("a message that names its number goes out from no other", async () => {
  const { acme, idOf, session, sent } = await three();
  session("+222").cut();
  await expect(acme.send({ to: NEW, content: hello, from: idOf("+222") })).rejects.toMatchObject({ code: "session_opening" });
  expect(sent).toEqual([]);
});

describe("a rule of the host's own", () => {
  it("is asked with whom it is for and what is connected, and is followed", async () => {
    const { from } = await three(async function* ({ to, connected }) {
      const all = await connected();
      yield* to.phone === NEW ? all.slice(2) : all.slice(0, 1);
    });
    expect([await from(NEW), await from(ANA)]).toEqual(["+333", "+111"]);
  });

  it("that names nobody, or somebody else's number, sends nothing", async () => {
    const { acme, sent } = await three(() => []);
    await expect(acme.send({ to: NEW, content: hello })).rejects.toMatchObject({ code: "no_connection" });
    expect(sent).toEqual([]);
    let strangers: readonly never[] = [];
    const other = await three(() => strangers);
    strangers = (await other.one.wadesk.workspace("globex").list()).items as never;
    const theirs = await other.one.wadesk.workspace("globex").connect("socket", { number: "+999" });
    strangers = [theirs as never];
    await expect(other.acme.send({ to: NEW, content: hello })).rejects.toMatchObject({ code: "configuration_invalid" });
    expect(other.sent).toEqual([]);
  });
});
