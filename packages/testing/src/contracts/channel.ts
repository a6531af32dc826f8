import { inspect } from "node:util";
import {
  type AnyChannel,
  type Connection,
  type ConnectionFacts,
  type Contact,
  isWadeskError,
  type LinkStep,
  type Logger,
  type OutboundContent,
  WadeskError,
} from "@wadesk/core";
import type { ConnectContext, Connected, ConnectionContext, Line, SendReceipt } from "@wadesk/core/ports";
import { describe, expect, it } from "vitest";
import { recordingLogger } from "../recording-logger.ts";
import { connectionOf } from "./storage/rows.ts";

/** A channel under test, with a vendor that knows one account. */
export interface ChannelUnderTest {
  readonly channel: AnyChannel;
  /** Reaches the vendor, or its fake. */
  readonly fetch: typeof fetch;
  /** What a person types to connect; the vendor accepts it. */
  readonly input: unknown;
  /** The same with credentials that the vendor refuses. */
  readonly refusedInput: unknown;
  /** The texts among them that must never show. */
  readonly secrets: readonly string[];
  /** Somebody who can be written to, and what the channel can send them. */
  readonly to: Contact;
  readonly content: OutboundContent;
  /** Whether anything at the vendor still speaks of a connection; absent where connecting changes nothing there. */
  readonly remains?: () => Promise<boolean>;
}

/** One promise of a channel. Rejects where it is broken. */
export type ChannelPromise = (world: ChannelUnderTest) => Promise<void>;

/** What every channel promises the client, one by one, for those who ask in a way of their own. */
export const channelPromises: Readonly<Record<string, ChannelPromise>> = {
  "names every field that is missing from an empty input": async ({ channel }) => {
    const result = await channel.input["~standard"].validate({});
    const issues = "issues" in result ? result.issues : [];
    expect(issues.length).toBeGreaterThan(0);
    for (const issue of issues) expect([issue.path?.length, issue.message.length > 5]).toEqual([1, true]);
  },
  "connects: steps that end, a route claimed before anything is changed, a secret that survives JSON": async (world) => {
    const { kind, webhook } = world.channel;
    const { connected, error, steps, claims } = await attempt(world, world.input);
    if (connected === undefined) throw error;
    expect(claims).toEqual([connected.route]);
    expect(connected.route.startsWith(`${kind}:`)).toBe(true);
    if (connected.account !== undefined) expect(connected.account.startsWith(`${kind}:`)).toBe(true);
    if (connected.speaker !== undefined) expect(connected.speaker.startsWith(`${kind}:`)).toBe(true);
    // what a vendor signs would be heard by no connection that nobody speaks for
    if (webhook !== undefined) expect(connected.speaker).toBeDefined();
    expect(JSON.parse(JSON.stringify(connected.secret))).toEqual(connected.secret);
    expect(JSON.parse(JSON.stringify(connected.details))).toEqual(connected.details);
    const last = new Map(steps.flatMap((step) => (step.type === "check" ? [[step.name, step.state] as const] : [])));
    for (const [step, state] of last) expect([step, state]).toEqual([step, "passed"]);
    const { details, facts, defaultLabel, warnings } = connected;
    expectNoSecret(world, [details, facts, defaultLabel, warnings, steps]);
  },
  "tells what a card shows in words that are every channel's": async (world) => {
    const { connection, context, connected } = await linked(world);
    const checked = await lineOf(world, connection, context).check();
    for (const facts of [connected.facts ?? {}, checked.facts ?? {}]) {
      for (const [name, value] of Object.entries(facts))
        if (value !== undefined) expect([name, FACTS[name]?.(value)]).toEqual([name, true]);
    }
  },
  "leaves nothing at the vendor when somebody else has the number": async (world) => {
    const { error } = await attempt(world, world.input, { claim: () => Promise.reject(new WadeskError("number_in_use")) });
    expect(error).toMatchObject({ code: "number_in_use" });
    expect(await remains(world)).toBe(false);
  },
  "refuses wrong credentials with a code and a failed step, leaves nothing, and shows no secret": async (world) => {
    const { error, steps, log } = await attempt(world, world.refusedInput);
    expect(isWadeskError(error)).toBe(true);
    expect(steps.at(-1)).toMatchObject({ type: "check", state: "failed" });
    expect(await remains(world)).toBe(false);
    expectNoSecret(world, [error, log.lines, JSON.stringify(error)]);
  },
  "sends, and answers the vendor's id and when it took the message": async (world) => {
    const receipt = await send(world, world.fetch);
    expect(receipt.providerId.length).toBeGreaterThan(0);
    expect(Number.isSafeInteger(receipt.acceptedAt)).toBe(true);
  },
  "says that nothing was sent when the vendor cannot be reached": async (world) => {
    const unreachable: typeof fetch = async () => {
      throw new TypeError("fetch failed", { cause: Object.assign(new Error("connect"), { code: "ECONNREFUSED" }) });
    };
    expect(await codeOf(send(world, unreachable))).toBe("provider_unavailable");
  },
  "never repeats a send whose answer was lost": async (world) => {
    let calls = 0;
    const lossy: typeof fetch = async () => {
      calls += 1;
      throw new TypeError("fetch failed", { cause: Object.assign(new Error("read"), { code: "ECONNRESET" }) });
    };
    expect(await codeOf(send(world, lossy))).toBe("outcome_unknown");
    expect(calls).toBe(1);
  },
  "reports a healthy connection alive, in the session that was asked about": async (world) => {
    const { connection, context } = await linked(world);
    const { signals } = await lineOf(world, { ...connection, epoch: 7 }, context).check();
    expect(signals).toContainEqual(expect.objectContaining({ type: "alive", epoch: 7 }));
  },
  "disconnects, after which nothing at the vendor speaks of it": async (world) => {
    const { connection, context } = await linked(world);
    if (world.remains) expect(await remains(world)).toBe(true);
    await lineOf(world, connection, context).disconnect();
    expect(await remains(world)).toBe(false);
  },
};

// what is asked of a line that is made for one call over HTTP
const OF_A_LINE: ReadonlySet<string> = new Set([
  "tells what a card shows in words that are every channel's",
  "sends, and answers the vendor's id and when it took the message",
  "says that nothing was sent when the vendor cannot be reached",
  "never repeats a send whose answer was lost",
  "reports a healthy connection alive, in the session that was asked about",
  "disconnects, after which nothing at the vendor speaks of it",
]);

/** What every channel promises the client. Call it once from the channel's own test file; `open` makes a fresh vendor each time. */
export function channelContract(name: string, open: () => Promise<ChannelUnderTest>): void {
  describe(`${name} keeps the channel contract`, () => {
    it.for(Object.entries(channelPromises))("%s", async ([promise, holds], { skip }) => {
      const world = await open();
      skip(world.channel.session !== undefined && OF_A_LINE.has(promise), "sessionContract asks this of a line that is a session");
      await holds(world);
    });
  });
}

const isTime = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) > 0;
const isOneOf =
  (...words: readonly string[]) =>
  (value: unknown): boolean =>
    words.includes(String(value));

/** Every fact, and what it may be. */
const FACTS: Readonly<Record<string, (value: unknown) => boolean>> = {
  quality: isOneOf("high", "medium", "low", "unrated"),
  messagingLimit: (value) => value === "unlimited" || (Number.isSafeInteger(value) && Number(value) >= 0),
  tokenExpiresAt: (value) => value === "never" || isTime(value),
  mode: isOneOf("live", "sandbox"),
  // never whole, or with what is left of it anybody could go on
  account: (value) => typeof value === "string" && value.includes("…"),
  accountOrigin: isOneOf("own", "admin"),
  phoneSeenAt: isTime,
} satisfies Record<keyof ConnectionFacts, (value: unknown) => boolean>;

async function inputOf({ channel }: ChannelUnderTest, value: unknown): Promise<unknown> {
  const result = await channel.input["~standard"].validate(value);
  if ("issues" in result) throw new Error(`the input is refused: ${inspect(result.issues)}`);
  return result.value;
}

function shared({ channel, fetch }: ChannelUnderTest, log: Logger) {
  return {
    settings: async () => channel.settings.defaults as unknown,
    publicUrl: undefined,
    fetch,
    now: Date.now,
    log,
    records: {
      get: async () => new Map<string, Uint8Array>(),
      set: async () => {},
      list: async () => ({ items: [] }),
      clear: async () => {},
    },
    signal: new AbortController().signal,
  };
}

async function attempt(world: ChannelUnderTest, value: unknown, partial: Partial<ConnectContext<unknown>> = {}): Promise<Attempt> {
  const log = recordingLogger();
  const steps: LinkStep[] = [];
  const claims: string[] = [];
  const context: ConnectContext<unknown> = {
    ...shared(world, log.log),
    connectionId: "con_1",
    workspaceId: "acme",
    show: async (step) => void steps.push(step),
    claim: async (route) => void claims.push(route),
    ...partial,
  };
  try {
    return { connected: await world.channel.connect(await inputOf(world, value), context), steps, claims, log };
  } catch (error) {
    return { error, steps, claims, log };
  }
}

async function linked(world: ChannelUnderTest): Promise<LinkedNumber> {
  const { connected, error, log } = await attempt(world, world.input);
  if (connected === undefined) throw error;
  const connection = connectionOf({ channel: world.channel.kind, route: connected.route, details: connected.details });
  const secret: unknown = JSON.parse(JSON.stringify(connected.secret));
  const context = { ...shared(world, log.log), secret, replaceSecret: async () => {}, siblings: async () => 0 };
  return { connected, connection, context };
}

function lineOf({ channel }: ChannelUnderTest, connection: Connection, context: ConnectionContext<unknown, unknown>): Line {
  const line = channel.line?.(connection, context);
  if (line === undefined) throw new Error("the channel has no `line`");
  return line;
}

async function send(world: ChannelUnderTest, throughFetch: typeof fetch): Promise<SendReceipt> {
  const { connection, context } = await linked(world);
  const message = { id: "msg_1", to: world.to, content: world.content };
  return lineOf(world, connection, { ...context, fetch: throughFetch }).send(message);
}

async function remains(world: ChannelUnderTest): Promise<boolean> {
  return (await world.remains?.()) ?? false;
}

function expectNoSecret({ secrets }: ChannelUnderTest, shown: unknown): void {
  const text = inspect(shown, { depth: 20, showHidden: true });
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
}

interface LinkedNumber {
  readonly connected: Connected<unknown, unknown>;
  readonly connection: Connection;
  readonly context: ConnectionContext<unknown, unknown>;
}

interface Attempt {
  readonly connected?: Connected<unknown, unknown>;
  readonly error?: unknown;
  readonly steps: readonly LinkStep[];
  readonly claims: readonly string[];
  readonly log: ReturnType<typeof recordingLogger>;
}

async function codeOf(attempt: Promise<unknown>): Promise<unknown> {
  try {
    return await attempt;
  } catch (error) {
    return isWadeskError(error) ? error.code : error;
  }
}
