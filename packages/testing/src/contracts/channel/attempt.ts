import { inspect } from "node:util";
import {
  type AnyChannel,
  type Connection,
  type Contact,
  isWadeskError,
  type LinkStep,
  type Logger,
  type OutboundContent,
} from "@wadesk/core";
import type { ConnectContext, Connected, ConnectionContext, Line, SendReceipt } from "@wadesk/core/ports";
import { expect } from "vitest";
import { recordingLogger } from "../../recording-logger.ts";
import { connectionOf } from "../storage/rows.ts";

/** A channel under test, with a vendor that knows one account. */
export interface ChannelUnderTest {
  /** The channel itself. */
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
  /** What is sent to them. */
  readonly content: OutboundContent;
  /** Whether anything at the vendor still speaks of a connection; absent where connecting changes nothing there. */
  readonly remains?: () => Promise<boolean>;
}

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

/** Connects as core would, with whatever of its context is another. Never rejects. */
export async function attempt(world: ChannelUnderTest, value: unknown, partial: Partial<ConnectContext<unknown>> = {}): Promise<Attempt> {
  const log = recordingLogger();
  const steps: LinkStep[] = [];
  const claims: string[] = [];
  const context: ConnectContext<unknown> = {
    ...shared(world, log.log),
    connectionId: "con_1",
    workspaceId: "acme",
    show: async (step) => void steps.push(step),
    claim: async (route) => void claims.push(route),
    announce: async () => {},
    ...partial,
  };
  try {
    return { connected: await world.channel.connect(await inputOf(world, value), context), steps, claims, log };
  } catch (error) {
    return { error, steps, claims, log };
  }
}

/** A number that is connected, and what a call for it has. */
export async function linked(world: ChannelUnderTest): Promise<LinkedNumber> {
  const { connected, error, log } = await attempt(world, world.input);
  if (connected === undefined) throw error;
  const connection = connectionOf({ channel: world.channel.kind, route: connected.route, details: connected.details });
  const secret: unknown = JSON.parse(JSON.stringify(connected.secret));
  const context = { ...shared(world, log.log), secret, replaceSecret: async () => {}, siblings: async () => 0 };
  return { connected, connection, context };
}

/** Its line. */
export function lineOf({ channel }: ChannelUnderTest, connection: Connection, context: ConnectionContext<unknown, unknown>): Line {
  const line = channel.line?.(connection, context);
  if (line === undefined) throw new Error("the channel has no `line`");
  return line;
}

/** Sends over a network of its own. */
export async function send(world: ChannelUnderTest, throughFetch: typeof fetch): Promise<SendReceipt> {
  const { connection, context } = await linked(world);
  const message = { id: "msg_1", to: world.to, content: world.content };
  return lineOf(world, connection, { ...context, fetch: throughFetch }).send(message);
}

/** Whether the vendor still speaks of it. */
export async function remains(world: ChannelUnderTest): Promise<boolean> {
  return (await world.remains?.()) ?? false;
}

/** Fails where a secret stands in what is shown. */
export function expectNoSecret({ secrets }: ChannelUnderTest, shown: unknown): void {
  const text = inspect(shown, { depth: 20, showHidden: true });
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
}

/** A number that is connected. */
export interface LinkedNumber {
  readonly connected: Connected<unknown, unknown>;
  readonly connection: Connection;
  readonly context: ConnectionContext<unknown, unknown>;
}

/** What came of connecting. */
export interface Attempt {
  readonly connected?: Connected<unknown, unknown>;
  readonly error?: unknown;
  readonly steps: readonly LinkStep[];
  readonly claims: readonly string[];
  readonly log: ReturnType<typeof recordingLogger>;
}

/** The code that it fails with, or what it answers. */
export async function codeOf(attempt: Promise<unknown>): Promise<unknown> {
  try {
    return await attempt;
  } catch (error) {
    return isWadeskError(error) ? error.code : error;
  }
}
