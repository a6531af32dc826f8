import { inspect } from "node:util";
import {
  type AnyChannel,
  type Connection,
  type Contact,
  isWadeskError,
  type LinkStep,
  type OutboundContent,
  WadeskError,
} from "@wadesk/core";
import type { ConnectContext, Connected, ConnectionContext, Line } from "@wadesk/core/ports";
import { beforeEach, describe, expect, it, type TestContext } from "vitest";
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

/** What every channel promises the client. Call it once from the channel's own test file; `open` makes a fresh vendor each time. */
export function channelContract(name: string, open: () => Promise<ChannelUnderTest>): void {
  describe(`${name} keeps the channel contract`, () => {
    let world: ChannelUnderTest;
    let log: ReturnType<typeof recordingLogger>;
    beforeEach(async () => {
      world = await open();
      log = recordingLogger();
    });

    const inputOf = async (value: unknown): Promise<unknown> => {
      const result = await world.channel.input["~standard"].validate(value);
      if ("issues" in result) throw new Error(`the input is refused: ${inspect(result.issues)}`);
      return result.value;
    };
    const attempt = async (value: unknown, partial: Partial<ConnectContext<unknown>> = {}): Promise<Attempt> => {
      const steps: LinkStep[] = [];
      const claims: string[] = [];
      const context: ConnectContext<unknown> = {
        ...shared(),
        connectionId: "con_1",
        workspaceId: "acme",
        show: async (step) => void steps.push(step),
        claim: async (route) => void claims.push(route),
        ...partial,
      };
      try {
        return { connected: await world.channel.connect(await inputOf(value), context), steps, claims };
      } catch (error) {
        return { error, steps, claims };
      }
    };
    const connect = async (): Promise<Connected<unknown, unknown>> => {
      const { connected, error } = await attempt(world.input);
      if (connected === undefined) throw error;
      return connected;
    };
    const shared = () => ({
      settings: async () => world.channel.settings.defaults as unknown,
      publicUrl: undefined,
      fetch: world.fetch,
      now: Date.now,
      log: log.log,
      records: {
        get: async () => new Map<string, Uint8Array>(),
        set: async () => {},
        list: async () => ({ items: [] }),
        clear: async () => {},
      },
      signal: new AbortController().signal,
    });
    const linked = async () => {
      const connected = await connect();
      const connection: Connection = connectionOf({ channel: world.channel.kind, route: connected.route, details: connected.details });
      const secret: unknown = JSON.parse(JSON.stringify(connected.secret));
      return { connection, context: { ...shared(), secret, replaceSecret: async () => {}, siblings: async () => 0 } };
    };

    const lineOf = (connection: Connection, context: ConnectionContext<unknown, unknown>): Line => {
      const line = world.channel.line?.(connection, context);
      if (line === undefined) throw new Error("the channel has neither `line` nor `session`");
      return line;
    };
    // what a line that a session is promises, the session contract asks
    const needsLine = ({ skip }: TestContext): void => skip(world.channel.session !== undefined, "sessionContract asks this");
    const sendThrough = async (throughFetch: typeof fetch): Promise<unknown> => {
      const { connection, context } = await linked();
      const message = { id: "msg_1", to: world.to, content: world.content };
      return lineOf(connection, { ...context, fetch: throughFetch }).send(message);
    };

    it("names every field that is missing from an empty input", async () => {
      const result = await world.channel.input["~standard"].validate({});
      const issues = "issues" in result ? result.issues : [];
      expect(issues.length).toBeGreaterThan(0);
      for (const issue of issues) expect([issue.path?.length, issue.message.length > 5]).toEqual([1, true]);
    });

    it("connects: steps that end, a route claimed before anything is changed, a secret that survives JSON", async () => {
      const { connected, error, steps, claims } = await attempt(world.input);
      if (connected === undefined) throw error;
      expect(claims).toEqual([connected.route]);
      expect(connected.route.startsWith(`${world.channel.kind}:`)).toBe(true);
      if (connected.account !== undefined) expect(connected.account.startsWith(`${world.channel.kind}:`)).toBe(true);
      if (connected.speaker !== undefined) expect(connected.speaker.startsWith(`${world.channel.kind}:`)).toBe(true);
      // what a vendor signs would be heard by no connection that nobody speaks for
      if (world.channel.webhook !== undefined) expect(connected.speaker).toBeDefined();
      expect(JSON.parse(JSON.stringify(connected.secret))).toEqual(connected.secret);
      expect(JSON.parse(JSON.stringify(connected.details))).toEqual(connected.details);
      const last = new Map(steps.flatMap((step) => (step.type === "check" ? [[step.name, step.state] as const] : [])));
      for (const [step, state] of last) expect([step, state]).toEqual([step, "passed"]);
      expect(inspect([connected.details, connected.defaultLabel, connected.warnings, steps], { depth: 9 })).not.toSatisfy(shows);
    });

    it("leaves nothing at the vendor when somebody else has the number", async () => {
      const { error } = await attempt(world.input, { claim: () => Promise.reject(new WadeskError("number_in_use")) });
      expect(error).toMatchObject({ code: "number_in_use" });
      expect(await remains()).toBe(false);
    });

    it("refuses wrong credentials with a code and a failed step, leaves nothing, and shows no secret", async () => {
      const { error, steps } = await attempt(world.refusedInput);
      expect(isWadeskError(error)).toBe(true);
      expect(steps.at(-1)).toMatchObject({ type: "check", state: "failed" });
      expect(await remains()).toBe(false);
      expect(inspect([error, log.lines], { depth: 20, showHidden: true }) + JSON.stringify(error)).not.toSatisfy(shows);
    });

    it("sends, and answers the vendor's id and when it took the message", async (test) => {
      needsLine(test);
      const { connection, context } = await linked();
      const receipt = await lineOf(connection, context).send({ id: "msg_1", to: world.to, content: world.content });
      expect(receipt.providerId.length).toBeGreaterThan(0);
      expect(Number.isSafeInteger(receipt.acceptedAt)).toBe(true);
    });

    it("says that nothing was sent when the vendor cannot be reached", async (test) => {
      needsLine(test);
      const unreachable: typeof fetch = async () => {
        throw new TypeError("fetch failed", { cause: Object.assign(new Error("connect"), { code: "ECONNREFUSED" }) });
      };
      const sending = sendThrough(unreachable);
      expect(await codeOf(sending)).toBe("provider_unavailable");
    });

    it("never repeats a send whose answer was lost", async (test) => {
      needsLine(test);
      let calls = 0;
      const lossy: typeof fetch = async () => {
        calls += 1;
        throw new TypeError("fetch failed", { cause: Object.assign(new Error("read"), { code: "ECONNRESET" }) });
      };
      const sending = sendThrough(lossy);
      expect(await codeOf(sending)).toBe("outcome_unknown");
      expect(calls).toBe(1);
    });

    it("reports a healthy connection alive, in the session that was asked about", async (test) => {
      needsLine(test);
      const { connection, context } = await linked();
      const { signals } = await lineOf({ ...connection, epoch: 7 }, context).check();
      expect(signals).toContainEqual(expect.objectContaining({ type: "alive", epoch: 7 }));
    });

    it("disconnects, after which nothing at the vendor speaks of it", async (test) => {
      needsLine(test);
      const { connection, context } = await linked();
      if (world.remains) expect(await remains()).toBe(true);
      await lineOf(connection, context).disconnect();
      expect(await remains()).toBe(false);
    });

    const remains = async (): Promise<boolean> => (await world.remains?.()) ?? false;
    const shows = (text: string): boolean => world.secrets.some((secret) => text.includes(secret));
  });
}

interface Attempt {
  readonly connected?: Connected<unknown, unknown>;
  readonly error?: unknown;
  readonly steps: readonly LinkStep[];
  readonly claims: readonly string[];
}

async function codeOf(attempt: Promise<unknown>): Promise<unknown> {
  try {
    return await attempt;
  } catch (error) {
    return isWadeskError(error) ? error.code : error;
  }
}
