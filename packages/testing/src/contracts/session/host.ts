import { type Connection, type LinkStep, WadeskError } from "@wadesk/core";
import type { ConnectContext, Connected, HealthReport, InboundEvent, OpenSession, SealedRecords, SessionContext } from "@wadesk/core/ports";
import { recordingLogger } from "../../recording-logger.ts";
import { connectionOf } from "../storage/rows.ts";
import type { SessionUnderTest } from "./session-under-test.ts";

/** What core is to a channel's session: one process after the other, over the records of one number. */
export interface SessionHost {
  /** Links the number as a first one. */
  link(signal?: AbortSignal): Promise<Connected<unknown, unknown>>;
  /** Links it, and opens it again as another process does. */
  open(options?: { readonly signal?: AbortSignal }): Promise<Opened>;
  /** Whether what is written is refused, as it is once another process has the session; `attempts` counts what was to be written. */
  readonly fence: { lost: boolean; attempts: number };
  /** Whether what comes in cannot be stored. */
  readonly inbox: { fails: boolean };
  readonly reports: HealthReport[];
  readonly received: InboundEvent[];
  readonly connection: () => Connection;
  /** Everything that was said to anybody but the vendor. */
  readonly shown: () => unknown;
}

/** A session that is open. */
export interface Opened {
  readonly session: OpenSession<unknown>;
  readonly controller: AbortController;
}

/** Makes one. */
export function sessionHost(world: SessionUnderTest): SessionHost {
  const { log, lines } = recordingLogger();
  const fence = { lost: false, attempts: 0 };
  const inbox = { fails: false };
  const reports: HealthReport[] = [];
  const received: InboundEvent[] = [];
  const steps: LinkStep[] = [];
  let linked: Connected<unknown, unknown> | undefined;
  const voice = {
    report: (health: HealthReport): void => void reports.push(health),
    learn: (): void => {},
    async receive(events: readonly InboundEvent[]) {
      if (inbox.fails) throw new WadeskError("storage_unavailable");
      received.push(...events);
    },
    after(delayMs: number, work: () => void): () => void {
      const timer = setTimeout(work, delayMs);
      return () => clearTimeout(timer);
    },
  };
  const records = recordsBehind(fence);
  const shared = (signal: AbortSignal) => ({
    settings: async (): Promise<unknown> => world.channel().settings.defaults,
    publicUrl: undefined,
    fetch: world.fetch ?? noFetch,
    now: Date.now,
    log,
    records,
    signal,
  });
  const connection = (): Connection => {
    const { route = "", details = {}, phone } = linked ?? {};
    return connectionOf({ channel: world.channel().kind, route, details, epoch: 7, ...(phone !== undefined && { phone }) });
  };
  const link = async (signal = new AbortController().signal): Promise<Connected<unknown, unknown>> => {
    const channel = world.channel();
    const read = await channel.input["~standard"].validate(world.input);
    if (!("value" in read)) throw new Error("the input is refused");
    const context: ConnectContext<unknown> = {
      ...shared(signal),
      connectionId: "con_1",
      workspaceId: "acme",
      voice,
      show: async (step) => void steps.push(step),
      claim: async () => {},
      announce: async () => {},
    };
    linked = await channel.connect(read.value, context);
    return linked;
  };
  return {
    fence,
    inbox,
    reports,
    received,
    connection,
    link,
    async open({ signal } = {}) {
      const { session, secret } = linked ?? (await link());
      await session?.close();
      const controller = new AbortController();
      signal?.addEventListener("abort", () => controller.abort(signal.reason), { once: true });
      if (signal?.aborted) controller.abort(signal.reason);
      const context: SessionContext<unknown, unknown> = {
        ...shared(controller.signal),
        ...voice,
        // as it was stored
        secret: JSON.parse(JSON.stringify(secret)),
        replaceSecret: async () => {},
        siblings: async () => 0,
      };
      reports.length = 0;
      const port = world.channel().session;
      if (port === undefined) throw new Error("the channel has no sessions");
      return { session: await port.open(connection(), context), controller };
    },
    shown: () => [reports, steps, lines, received.map(({ raw: _raw, ...event }: InboundEvent & { readonly raw?: unknown }) => event)],
  };
}

function recordsBehind(fence: { lost: boolean; attempts: number }): SealedRecords {
  const stored = new Map<string, Uint8Array>();
  return {
    get: async (keys) => new Map([...stored].filter(([key]) => keys.includes(key))),
    async set(changes) {
      fence.attempts += 1;
      if (fence.lost) throw new WadeskError("lease_lost");
      for (const [key, change] of changes) {
        if (change === undefined) stored.delete(key);
        else stored.set(key, change instanceof Uint8Array ? change : change.value);
      }
    },
    list: async ({ prefix = "" }) => ({
      items: [...stored.keys()]
        .filter((key) => key.startsWith(prefix))
        .sort()
        .map((key) => ({ key })),
    }),
    async clear() {
      stored.clear();
    },
  };
}

const noFetch: typeof fetch = async () => {
  throw new TypeError("fetch failed", { cause: Object.assign(new Error("connect"), { code: "ECONNREFUSED" }) });
};
