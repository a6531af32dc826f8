import { type AnyChannel, type Connection, type Contact, type LinkStep, type OutboundContent, WadeskError } from "@wadesk/core";
import type { ConnectContext, Connected, HealthReport, OpenSession, SealedRecords, SessionVoice } from "@wadesk/core/ports";
import { beforeEach, describe, expect, it } from "vitest";
import { recordingLogger } from "../recording-logger.ts";
import { connectionOf } from "./storage/rows.ts";

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

interface Linked {
  readonly connected: Connected<unknown, unknown>;
  readonly session: OpenSession<unknown>;
}

/** What every channel with sessions promises the client. Call it once from the channel's own test file; `open` makes a fresh vendor each time. */
export function sessionChannelContract(name: string, open: () => Promise<SessionChannelUnderTest>): void {
  describe(`${name} keeps the contract of channels with sessions`, () => {
    let world: SessionChannelUnderTest;
    let rows: Map<string, Uint8Array>;
    let reports: HealthReport[];
    let steps: LinkStep[];
    let log: ReturnType<typeof recordingLogger>;
    beforeEach(async () => {
      world = await open();
      rows = new Map();
      reports = [];
      steps = [];
      log = recordingLogger();
    });

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
      log: log.log,
      records: recordsIn(rows),
      signal,
    });
    const link = async (partial: Partial<ConnectContext<unknown>> = {}): Promise<Linked> => {
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
      const { session } = connected;
      if (session === undefined) throw new Error("linking opened no session");
      return { connected, session };
    };
    const openAgain = ({ connected }: Linked, controller: AbortController = new AbortController()): Promise<OpenSession<unknown>> => {
      const { kind, session } = world.channel;
      if (session === undefined) throw new Error("this contract is for channels that have `session`");
      const connection: Connection = connectionOf({ channel: kind, route: connected.route, details: connected.details });
      const secret: unknown = JSON.parse(JSON.stringify(connected.secret));
      const own = { secret, replaceSecret: async () => {}, siblings: async () => 0 };
      return session.open(connection, { ...shared(controller.signal), ...own, ...voice });
    };
    const send = ({ line }: OpenSession<unknown>) => line.send({ id: "msg_1", to: world.to, content: world.content });

    it("names every field that is missing from an empty input", async () => {
      const result = await world.channel.input["~standard"].validate({});
      const issues = "issues" in result ? result.issues : [];
      expect(issues.length).toBeGreaterThan(0);
      for (const issue of issues) expect([issue.path?.length, issue.message.length > 5]).toEqual([1, true]);
    });

    it("claims its route before anything is shown, and answers a session that sends", async () => {
      const claims: (readonly [string, number])[] = [];
      const { connected, session } = await link({ claim: async (route) => void claims.push([route, steps.length]) });
      expect(claims).toEqual([[connected.route, 0]]);
      expect(connected.route.startsWith(`${world.channel.kind}:`)).toBe(true);
      for (const kept of [connected.secret, connected.details]) expect(JSON.parse(JSON.stringify(kept))).toEqual(kept);
      const receipt = await send(session);
      expect([receipt.providerId.length > 0, Number.isSafeInteger(receipt.acceptedAt)]).toEqual([true, true]);
      await session.close();
    });

    it("asks nothing of the vendor when somebody else has the number", async () => {
      const claim = () => Promise.reject(new WadeskError("number_in_use"));
      await expect(link({ claim })).rejects.toMatchObject({ code: "number_in_use" });
      expect([steps, await world.remains()]).toEqual([[], false]);
    });

    it("ends when it is cancelled, and leaves nothing", async () => {
      const stop = new AbortController();
      await expect(link({ signal: stop.signal, show: async () => stop.abort() })).rejects.toMatchObject({ code: "linking_cancelled" });
      expect(await world.remains()).toBe(false);
    });

    it("opens again from its records alone, says that it is alive, and sends", async () => {
      const linked = await link();
      await linked.session.close();
      steps.length = 0;
      const again = await openAgain(linked);
      expect(reports.at(-1)).toMatchObject({ type: "alive" });
      await send(again);
      expect(steps).toEqual([]);
      await again.close();
    });

    it("says when it has ended by itself, and opens again", async () => {
      const linked = await link();
      reports.length = 0;
      await world.cut();
      await linked.session.ended;
      expect(reports.at(-1)).toMatchObject({ type: "closed" });
      const again = await openAgain(linked);
      await send(again);
      await again.close();
    });

    it("ends without a word when its lease is lost, and sends nothing any more", async () => {
      const linked = await link();
      await linked.session.close();
      const controller = new AbortController();
      const again = await openAgain(linked, controller);
      reports.length = 0;
      controller.abort(new WadeskError("lease_lost"));
      await again.close();
      await expect(send(again)).rejects.toMatchObject({ code: expect.stringMatching(/^(provider_unavailable|not_connected|lease_lost)$/) });
      expect(reports).toEqual([]);
      expect(await world.remains()).toBe(true);
    });

    it("answers a check that it is alive", async () => {
      const { session } = await link();
      expect((await session.line.check()).signals).toContainEqual(expect.objectContaining({ type: "alive" }));
      await session.close();
    });

    it("disconnects, after which nothing is left at the vendor, nor in its records", async () => {
      const { session } = await link();
      expect([await world.remains(), rows.size > 0]).toEqual([true, true]);
      await session.line.disconnect();
      await session.close();
      expect([await world.remains(), rows.size]).toEqual([false, 0]);
    });

    it("logs no error where nothing went wrong", async () => {
      const { session } = await link();
      await send(session);
      await session.close();
      expect(log.lines.filter(({ level }) => level === "error" || level === "warn")).toEqual([]);
    });
  });
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
