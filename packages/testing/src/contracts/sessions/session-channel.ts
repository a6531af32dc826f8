import { type AnyChannel, type Connection, type Contact, type LinkStep, type OutboundContent, WadeskError } from "@wadesk/core";
import type { ConnectContext, Connected, HealthReport, OpenSession, SealedRecords, SendReceipt, SessionVoice } from "@wadesk/core/ports";
import { describe, expect, it } from "vitest";
import { recordingLogger } from "../../recording-logger.ts";
import { connectionOf } from "../storage/rows.ts";

/** A channel with sessions under test, with a vendor that knows one account. */
export interface SessionChannelUnderTest {
  readonly channel: AnyChannel;
  /** What a person gives to link a number. */
  readonly input: unknown;
  /** Does what the person does when a step is shown, such as to scan what stands in it. */
  readonly answer: (step: LinkStep) => Promise<void>;
  /** Somebody who can be written to, and what the channel can send them. */
  readonly to: Contact;
  readonly content: OutboundContent;
  /** Whether anything at the vendor still speaks of a link. */
  readonly remains: () => Promise<boolean>;
  /** Has the vendor end what is open, so that it may be opened again. Resolves when that has happened. */
  readonly cut: () => Promise<void>;
}

/** One promise of a channel with sessions. Rejects where it is broken. */
export type SessionChannelPromise = (world: SessionChannelUnderTest) => Promise<void>;

/** What every channel with sessions promises the client, one by one, for those who ask in a way of their own. */
export const sessionChannelPromises: Readonly<Record<string, SessionChannelPromise>> = {
  "names every field that is missing from an empty input": async ({ channel }) => {
    const result = await channel.input["~standard"].validate({});
    const issues = "issues" in result ? result.issues : [];
    expect(issues.length).toBeGreaterThan(0);
    for (const issue of issues) expect([issue.path?.length, issue.message.length > 5]).toEqual([1, true]);
  },
  "claims its route before anything is shown, and answers a session that sends": async (world) => {
    const host = hostOf(world);
    const claims: (readonly [string, number])[] = [];
    const { connected, session } = await host.link({ claim: async (route) => void claims.push([route, host.steps.length]) });
    expect(claims).toEqual([[connected.route, 0]]);
    expect(connected.route.startsWith(`${world.channel.kind}:`)).toBe(true);
    for (const kept of [connected.secret, connected.details]) expect(JSON.parse(JSON.stringify(kept))).toEqual(kept);
    const receipt = await host.send(session);
    expect([receipt.providerId.length > 0, Number.isSafeInteger(receipt.acceptedAt)]).toEqual([true, true]);
    await session.close();
  },
  "asks nothing of the vendor when somebody else has the number": async (world) => {
    const host = hostOf(world);
    const claim = () => Promise.reject(new WadeskError("number_in_use"));
    await expect(host.link({ claim })).rejects.toMatchObject({ code: "number_in_use" });
    expect([host.steps, await world.remains()]).toEqual([[], false]);
  },
  "ends when it is cancelled, and leaves nothing": async (world) => {
    const stop = new AbortController();
    const linking = hostOf(world).link({ signal: stop.signal, show: async () => stop.abort() });
    await expect(linking).rejects.toMatchObject({ code: "linking_cancelled" });
    expect(await world.remains()).toBe(false);
  },
  "opens again from its records alone, says that it is alive, and sends": async (world) => {
    const host = hostOf(world);
    const linked = await host.link();
    await linked.session.close();
    const [shown, told] = [host.steps.length, host.reports.length];
    const again = await host.open(linked.connected);
    expect(host.reports.slice(told)).toContainEqual(expect.objectContaining({ type: "alive" }));
    await host.send(again);
    expect(host.steps.length).toBe(shown);
    await again.close();
  },
  "says when it has ended by itself, and opens again": async (world) => {
    const host = hostOf(world);
    const { connected, session } = await host.link();
    const before = host.reports.length;
    await world.cut();
    await session.ended;
    expect(host.reports.slice(before).at(-1)).toMatchObject({ type: "closed" });
    const again = await host.open(connected);
    await host.send(again);
    await again.close();
  },
  "ends without a word when its lease is lost, and sends nothing any more": async (world) => {
    const host = hostOf(world);
    const { connected, session } = await host.link();
    await session.close();
    const controller = new AbortController();
    const again = await host.open(connected, controller.signal);
    const before = host.reports.length;
    controller.abort(new WadeskError("lease_lost"));
    await again.close();
    const refused = { code: expect.stringMatching(/^(provider_unavailable|not_connected|lease_lost)$/) };
    await expect(host.send(again)).rejects.toMatchObject(refused);
    expect(host.reports.slice(before)).toEqual([]);
    expect(await world.remains()).toBe(true);
  },
  "answers a check that it is alive": async (world) => {
    const { session } = await hostOf(world).link();
    expect((await session.line.check()).signals).toContainEqual(expect.objectContaining({ type: "alive" }));
    await session.close();
  },
  "disconnects, after which nothing is left at the vendor, nor in its records": async (world) => {
    const host = hostOf(world);
    const { session } = await host.link();
    expect([await world.remains(), host.rows.size > 0]).toEqual([true, true]);
    await session.line.disconnect();
    await session.close();
    expect([await world.remains(), host.rows.size]).toEqual([false, 0]);
  },
  "logs no error where nothing went wrong": async (world) => {
    const host = hostOf(world);
    const { session } = await host.link();
    await host.send(session);
    await session.close();
    expect(host.lines.filter(({ level }) => level === "error" || level === "warn")).toEqual([]);
  },
};

/** What every channel with sessions promises the client. Call it once from the channel's own test file; `open` makes a fresh vendor each time. */
export function sessionChannelContract(name: string, open: () => Promise<SessionChannelUnderTest>): void {
  describe(`${name} keeps the contract of channels with sessions`, () => {
    it.each(Object.entries(sessionChannelPromises))("%s", async (_promise, holds) => holds(await open()));
  });
}

/** A client that links a number and opens its session, and writes down what it hears. */
function hostOf(world: SessionChannelUnderTest) {
  const rows = new Map<string, Uint8Array>();
  const reports: HealthReport[] = [];
  const steps: LinkStep[] = [];
  const { log, lines } = recordingLogger();
  const voice: SessionVoice = {
    report: (health) => void reports.push(health),
    receive: async () => {},
    after: (delayMs, work) => {
      const timer = setTimeout(work, delayMs);
      return () => clearTimeout(timer);
    },
  };
  const shared = (signal: AbortSignal) => ({
    settings: async () => world.channel.settings.defaults as unknown,
    publicUrl: undefined,
    fetch,
    now: Date.now,
    log,
    records: recordsIn(rows),
    signal,
  });
  return {
    rows,
    reports,
    steps,
    lines,
    async link(
      partial: Partial<ConnectContext<unknown>> = {},
    ): Promise<{ readonly connected: Connected<unknown, unknown>; readonly session: OpenSession<unknown> }> {
      const result = await world.channel.input["~standard"].validate(world.input);
      if ("issues" in result) throw new Error("the input is refused");
      const context: ConnectContext<unknown> = {
        ...shared(new AbortController().signal),
        connectionId: "con_1",
        workspaceId: "acme",
        voice,
        show: async (step) => {
          steps.push(step);
          // as a person does it: nobody waits for them
          void world.answer(step).catch(() => {});
        },
        claim: async () => {},
        ...partial,
      };
      const connected: Connected<unknown, unknown> = await world.channel.connect(result.value, context);
      if (connected.session === undefined) throw new Error("linking opened no session");
      return { connected, session: connected.session };
    },
    async open(connected: Connected<unknown, unknown>, signal = new AbortController().signal): Promise<OpenSession<unknown>> {
      const { kind, session } = world.channel;
      if (session === undefined) throw new Error("this contract is for channels that have `session`");
      const connection: Connection = connectionOf({ channel: kind, route: connected.route, details: connected.details });
      const secret: unknown = JSON.parse(JSON.stringify(connected.secret));
      const own = { secret, replaceSecret: async () => {}, siblings: async () => 0 };
      return session.open(connection, { ...shared(signal), ...own, ...voice });
    },
    send: ({ line }: OpenSession<unknown>): Promise<SendReceipt> => line.send({ id: "msg_1", to: world.to, content: world.content }),
  };
}

function recordsIn(rows: Map<string, Uint8Array>): SealedRecords {
  return {
    get: async (keys) => new Map(keys.flatMap((key) => (rows.has(key) ? [[key, rows.get(key) ?? new Uint8Array()] as const] : []))),
    set: async (changes) => {
      for (const [key, change] of changes) {
        if (change === undefined) rows.delete(key);
        else rows.set(key, change instanceof Uint8Array ? change : change.value);
      }
    },
    list: async () => ({ items: [...rows.keys()].sort().map((key) => ({ key })) }),
    clear: async () => rows.clear(),
  };
}
