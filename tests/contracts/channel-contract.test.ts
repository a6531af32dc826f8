import { type AnyChannel, WadeskError } from "@wadesk/core";
import { type ConnectContext, type Connected, type ConnectionContext, type Line, lazySchema } from "@wadesk/core/ports";
import { type ChannelUnderTest, channelContract, channelPromises } from "@wadesk/testing/contracts";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const TOKEN = "token-that-works";
const REFUSED = "token-of-nobody";

type LineContext = Pick<ConnectionContext<unknown, { readonly token: string }>, "fetch" | "now" | "secret">;

interface Input {
  readonly number: string;
  readonly token: string;
}

/** A vendor that keeps which numbers are subscribed, and a channel of it. */
function pager() {
  const subscribed = new Set<string>();
  const vendor: typeof fetch = async (address, init) => {
    const { pathname } = new URL(String(address));
    if (new Headers(init?.headers).get("authorization") !== TOKEN) return new Response("", { status: 401 });
    if (pathname === "/subscribe") subscribed.add("1");
    if (pathname === "/unsubscribe") subscribed.delete("1");
    return Response.json({ id: "page-1" });
  };
  const ask = async (from: typeof fetch, path: string, token: string): Promise<string> => {
    let response: Response;
    try {
      response = await from(`https://pager.example.com${path}`, { headers: { authorization: token } });
    } catch (error) {
      const { cause } = error as { readonly cause?: { readonly code?: string } };
      throw new WadeskError(path === "/send" && cause?.code === "ECONNRESET" ? "outcome_unknown" : "provider_unavailable");
    }
    if (!response.ok) throw new WadeskError("credentials_rejected");
    return ((await response.json()) as { readonly id: string }).id;
  };
  const connect = async ({ number, token }: Input, context: ConnectContext<unknown>): Promise<Connected<object, object>> => {
    await context.show({ type: "check", name: "token", state: "running" });
    try {
      await ask(context.fetch, "/me", token);
    } catch (error) {
      await context.show({ type: "check", name: "token", state: "failed" });
      throw error;
    }
    await context.show({ type: "check", name: "token", state: "passed" });
    await context.claim(`pager:${number}`);
    await ask(context.fetch, "/subscribe", token);
    return { route: `pager:${number}`, details: { number }, secret: { token }, facts: { mode: "live", account: "12…89" } };
  };
  const line = ({ epoch }: { readonly epoch: number }, context: LineContext): Line => ({
    async disconnect() {
      await ask(context.fetch, "/unsubscribe", context.secret.token);
    },
    check: async () => ({ signals: [{ type: "alive", at: context.now(), epoch }] }),
    send: async () => ({ providerId: await ask(context.fetch, "/send", context.secret.token), acceptedAt: context.now() }),
  });
  const input = lazySchema<Input>(async () => z.strictObject({ number: z.string().min(1), token: z.string().min(1) }));
  return { subscribed, vendor, connect, line, input };
}

type Pager = ReturnType<typeof pager>;

/** How a channel differs from the one that keeps its promises. */
type Flaw = (pager: Pager) => Partial<Pick<Pager, "connect" | "line" | "input">>;

function world(flaw: Flaw = () => ({})): ChannelUnderTest {
  const made = pager();
  const { connect, line, input } = { ...made, ...flaw(made) };
  const channel = {
    spec: "v1",
    kind: "pager",
    content: new Set(["text"]),
    input,
    settings: { schema: lazySchema(async () => z.strictObject({})), defaults: {}, secrets: [] },
    connect,
    line,
  };
  return {
    channel: channel as unknown as AnyChannel,
    fetch: made.vendor,
    input: { number: "1", token: TOKEN },
    refusedInput: { number: "1", token: REFUSED },
    secrets: [TOKEN, REFUSED],
    to: { phone: "+4915100000001" },
    content: { kind: "text", text: "Hello" },
    remains: async () => made.subscribed.size > 0,
  };
}

channelContract("a pager", async () => world());

/** A channel whose line does something else. */
const lineThat =
  (change: (line: Line, context: LineContext, pager: Pager) => Partial<Line>): Flaw =>
  (made) => ({
    line: (connection, context) => {
      const line = made.line(connection, context);
      return { ...line, ...change(line, context, made) };
    },
  });

/** A channel whose `connect` answers something else. */
const connectThat =
  (change: (connected: Connected<object, object>, given: Input) => Partial<Connected<object, object>>): Flaw =>
  (made) => ({
    connect: async (given, context) => {
      const connected = await made.connect(given, context);
      return { ...connected, ...change(connected, given) };
    },
  });

const CONNECTS = "connects: steps that end, a route claimed before anything is changed, a secret that survives JSON";
const REFUSES = "refuses wrong credentials with a code and a failed step, leaves nothing, and shows no secret";
const FACTS = "tells what a card shows in words that are every channel's";
const WARNINGS = "warns by codes in snake_case with values beside a sentence";

/** Channels that break one promise each: what they do, which promise it is, and how. */
const FLAWS: readonly (readonly [string, keyof typeof channelPromises, Flaw])[] = [
  [
    "takes an empty input",
    "names every field that is missing from an empty input",
    () => ({ input: lazySchema<Input>(async () => z.looseObject({}) as unknown as z.ZodType<Input>) }),
  ],
  [
    "says that something is wrong, and not where",
    "names every field that is missing from an empty input",
    () => ({ input: lazySchema<Input>(async () => z.custom<Input>(() => false, "the input is wrong somehow")) }),
  ],
  ["claims another number than it answers", CONNECTS, connectThat(() => ({ route: "pager:2" }))],
  ["names an account of no channel", CONNECTS, connectThat(() => ({ account: "1" }))],
  ["answers a secret that JSON loses", CONNECTS, connectThat(() => ({ secret: { token: undefined, at: new Date(0) } }))],
  ["shows the token in its details", CONNECTS, connectThat((_connected, { token }) => ({ details: { token } }))],
  [
    "leaves a check running",
    CONNECTS,
    ({ connect }) => ({
      connect: async (given, context) => {
        await context.show({ type: "check", name: "number", state: "running" });
        return connect(given, context);
      },
    }),
  ],
  ["tells the vendor's word for quality", FACTS, connectThat(() => ({ facts: { quality: "GREEN" as "high" } }))],
  ["shows the account whole", FACTS, connectThat(() => ({ facts: { account: "1234567890" } }))],
  [
    "tells a time in seconds and a half",
    FACTS,
    lineThat((line) => ({ check: async () => ({ ...(await line.check()), facts: { tokenExpiresAt: 1.5 } }) })),
  ],
  ["warns in a sentence alone", WARNINGS, connectThat(() => ({ warnings: ["It is a trial." as never] }))],
  ["warns by a sentence in place of a code", WARNINGS, connectThat(() => ({ warnings: [{ code: "On trial", text: "It is a trial." }] }))],
  [
    "warns with a value that is no text or number",
    WARNINGS,
    lineThat((line) => ({
      check: async () => ({
        ...(await line.check()),
        warnings: [{ code: "trial", values: { until: new Date(0) as never }, text: "It is a trial." }],
      }),
    })),
  ],
  [
    "subscribes before it claims",
    "leaves nothing at the vendor when somebody else has the number",
    ({ connect, vendor }) => ({
      connect: async (given, context) => {
        await vendor("https://pager.example.com/subscribe", { headers: { authorization: given.token } });
        return connect(given, context);
      },
    }),
  ],
  [
    "repeats the token that was refused",
    REFUSES,
    ({ connect }) => ({
      connect: (given, context) =>
        connect(given, context).catch(() => Promise.reject(new WadeskError("credentials_rejected", { detail: given.token }))),
    }),
  ],
  [
    "throws an error of its own",
    REFUSES,
    ({ connect }) => ({ connect: (given, context) => connect(given, context).catch(() => Promise.reject(new TypeError("no"))) }),
  ],
  [
    "answers no time",
    "sends, and answers the vendor's id and when it took the message",
    lineThat((line) => ({ send: async (message) => ({ ...(await line.send(message)), acceptedAt: Number.NaN }) })),
  ],
  [
    "calls a message that never left one that may have",
    "says that nothing was sent when the vendor cannot be reached",
    lineThat((line) => ({ send: (message) => line.send(message).catch(() => Promise.reject(new WadeskError("outcome_unknown"))) })),
  ],
  [
    "sends again when no answer came",
    "never repeats a send whose answer was lost",
    lineThat((line) => ({ send: (message) => line.send(message).catch(() => line.send(message)) })),
  ],
  [
    "reports another session alive",
    "reports a healthy connection alive, in the session that was asked about",
    lineThat((_line, context) => ({ check: async () => ({ signals: [{ type: "alive", at: context.now(), epoch: 1 }] }) })),
  ],
  [
    "leaves the number subscribed",
    "disconnects, after which nothing at the vendor speaks of it",
    lineThat(() => ({ disconnect: async () => {} })),
  ],
];

describe("the channel contract", () => {
  it.each(FLAWS)("is failed by a channel that %s: %s", async (_flaw, promise, flaw) => {
    await expect(channelPromises[promise]?.(world(flaw))).rejects.toThrow();
  });

  it("has a channel that breaks each of its promises", () => {
    expect(new Set(FLAWS.map(([, promise]) => promise))).toEqual(new Set(Object.keys(channelPromises)));
  });
});
