import { type AnyChannel, WadeskError } from "@wadesk/core";
import {
  type ConnectContext,
  type Connected,
  type Line,
  lazySchema,
  type OpenSession,
  type SealedRecords,
  type SessionEnd,
  type SessionVoice,
} from "@wadesk/core/ports";
import { type SessionChannelUnderTest, sessionChannelContract, sessionChannelPromises } from "@wadesk/testing/contracts";
import { describe, expect, it } from "vitest";
import { z } from "zod";

interface Input {
  readonly number: string;
}

type Given = Pick<ConnectContext<unknown>, "records" | "signal" | "log" | "now">;

/** A vendor that knows which numbers are linked, and a channel of it that keeps its key in its records. */
function radio() {
  const linked = new Set<string>();
  const open = new Set<() => void>();
  const tune = (given: Given, voice: SessionVoice): OpenSession<object> => {
    const ended = Promise.withResolvers<SessionEnd | undefined>();
    const cut = (): void => {
      open.delete(cut);
      voice.report({ type: "closed", reason: "connection_lost", at: given.now() });
      ended.resolve(undefined);
    };
    open.add(cut);
    voice.report({ type: "alive", at: given.now() });
    const line: Line<object> = {
      async send() {
        if (!open.has(cut)) throw new WadeskError("provider_unavailable");
        return { providerId: "radio-1", acceptedAt: given.now() };
      },
      check: async () => ({ signals: [{ type: "alive", at: given.now(), epoch: 0 }] }),
      async disconnect() {
        linked.clear();
        await given.records.clear();
      },
    };
    return { line, ended: ended.promise, close: async () => void open.delete(cut) };
  };
  const connect = async ({ number }: Input, context: ConnectContext<unknown>): Promise<Connected<object, object>> => {
    await context.claim(`radio:${number}`);
    await context.show({ type: "qr", text: number, expiresAt: context.now() + 1000 });
    if (context.signal.aborted) throw new WadeskError("linking_cancelled");
    linked.add(number);
    await keep(context.records);
    const { voice } = context;
    return { route: `radio:${number}`, details: {}, secret: { number }, ...(voice && { session: tune(context, voice) }) };
  };
  const begin = async (context: Given & SessionVoice): Promise<OpenSession<object>> => {
    if ((await context.records.get(["key"])).size === 0) throw new WadeskError("credentials_rejected");
    return tune(context, context);
  };
  const input = lazySchema<Input>(async () => z.strictObject({ number: z.string().min(1) }));
  return { linked, open, tune, connect, begin, input };
}

function keep(records: SealedRecords): Promise<void> {
  return records.set(new Map([["key", new Uint8Array([1])]]));
}

type Radio = ReturnType<typeof radio>;

/** How a channel differs from the one that keeps its promises. */
type Flaw = (made: Radio) => Partial<Pick<Radio, "connect" | "begin" | "input">>;

function world(flaw: Flaw = () => ({})): SessionChannelUnderTest {
  const made = radio();
  const { connect, begin, input } = { ...made, ...flaw(made) };
  const channel = {
    spec: "v1",
    kind: "radio",
    content: new Set(["text"]),
    input,
    settings: { schema: lazySchema(async () => z.strictObject({})), defaults: {}, secrets: [] },
    connect,
    session: { sharing: "shared", open: (_connection: unknown, context: Given & SessionVoice) => begin(context) },
  };
  return {
    channel: channel as unknown as AnyChannel,
    input: { number: "1" },
    answer: async () => {},
    to: { phone: "+4915100000001" },
    content: { kind: "text", text: "Hello" },
    remains: async () => made.linked.size > 0,
    cut: async () => {
      for (const cut of [...made.open]) cut();
    },
  };
}

sessionChannelContract("a radio", async () => world());

/** A channel whose sessions do something else, whether linking opened them or they are opened again. */
const sessionThat =
  (change: (session: OpenSession<object>, given: Given & Partial<SessionVoice>, made: Radio) => Partial<OpenSession<object>>): Flaw =>
  (made) => ({
    connect: async (given, context) => {
      const { session, ...connected } = await made.connect(given, context);
      return { ...connected, ...(session && { session: { ...session, ...change(session, context, made) } }) };
    },
    begin: async (context) => {
      const session = await made.begin(context);
      return { ...session, ...change(session, context, made) };
    },
  });

const lineThat = (change: (line: Line<object>, given: Given) => Partial<Line<object>>): Flaw =>
  sessionThat(({ line }, given) => ({ line: { ...line, ...change(line, given) } }));

/** Channels that break one promise each: what they do, which promise it is, and how. */
const FLAWS: readonly (readonly [string, keyof typeof sessionChannelPromises, Flaw])[] = [
  [
    "takes an empty input",
    "names every field that is missing from an empty input",
    () => ({ input: lazySchema<Input>(async () => z.looseObject({}) as unknown as z.ZodType<Input>) }),
  ],
  [
    "shows its QR before it claims",
    "claims its route before anything is shown, and answers a session that sends",
    ({ connect }) => ({
      connect: async (given, context) => {
        await context.show({ type: "qr", text: "early", expiresAt: 1 });
        return connect(given, context);
      },
    }),
  ],
  [
    "links before it claims",
    "asks nothing of the vendor when somebody else has the number",
    ({ connect, linked }) => ({
      connect: (given, context) => {
        linked.add(given.number);
        return connect(given, context);
      },
    }),
  ],
  [
    "does not hear that it is cancelled",
    "ends when it is cancelled, and leaves nothing",
    ({ connect }) => ({ connect: (given, context) => connect(given, { ...context, signal: new AbortController().signal }) }),
  ],
  [
    "keeps its key in memory",
    "opens again from its records alone, says that it is alive, and sends",
    ({ connect }) => ({
      connect: (given, context) => connect(given, { ...context, records: { ...context.records, set: async () => {} } }),
    }),
  ],
  [
    "is silent when it opens",
    "opens again from its records alone, says that it is alive, and sends",
    ({ begin }) => ({
      begin: (context) => begin({ ...context, report: (health) => void (health.type !== "alive" && context.report(health)) }),
    }),
  ],
  [
    "ends without saying so",
    "says when it has ended by itself, and opens again",
    ({ connect }) => ({
      connect: (given, context) => connect(given, { ...context, ...(context.voice && { voice: { ...context.voice, report: () => {} } }) }),
    }),
  ],
  [
    "reports that it was closed by us",
    "ends without a word when its lease is lost, and sends nothing any more",
    sessionThat(({ close }, { report, now }) => ({
      close: () => {
        report?.({ type: "closed", reason: "connection_lost", at: now() });
        return close();
      },
    })),
  ],
  [
    "goes on sending when it was closed",
    "ends without a word when its lease is lost, and sends nothing any more",
    lineThat((_line, { now }) => ({ send: async () => ({ providerId: "radio-2", acceptedAt: now() }) })),
  ],
  ["answers a check with nothing", "answers a check that it is alive", lineThat(() => ({ check: async () => ({ signals: [] }) }))],
  [
    "leaves its key when it is disconnected",
    "disconnects, after which nothing is left at the vendor, nor in its records",
    lineThat(({ disconnect }, { records }) => ({
      disconnect: async () => {
        await disconnect();
        await keep(records);
      },
    })),
  ],
  [
    "warns of what is no trouble",
    "logs no error where nothing went wrong",
    sessionThat(({ close }, { log }) => ({
      close: () => {
        log.warn({}, "closing");
        return close();
      },
    })),
  ],
];

describe("the contract of channels with sessions", () => {
  it.each(FLAWS)("is failed by a channel that %s: %s", async (_flaw, promise, flaw) => {
    await expect(sessionChannelPromises[promise]?.(world(flaw))).rejects.toThrow();
  });

  it("has a channel that breaks each of its promises", () => {
    expect(new Set(FLAWS.map(([, promise]) => promise))).toEqual(new Set(Object.keys(sessionChannelPromises)));
  });
});
