import { z } from "zod";
import type { Wadesk } from "../api/wadesk.ts";
import { createWadesk } from "../client/create-wadesk.ts";
import type { Channel } from "../ports/channel.ts";
import { lazySchema } from "../ports/schemas/lazy-schema.ts";
import type { ChannelSession, OpenSession, SessionContext, SessionEnd } from "../ports/session.ts";
import type { SessionVoice } from "../ports/session-voice.ts";
import type { Storage } from "../ports/stores/storage.ts";
import type { Clock } from "../time/clock.ts";
import { TEST_KEYS } from "./open-echo.ts";

type Details = Record<never, never>;
type EchoContext = SessionContext<Record<never, never>, { readonly number: string }>;

/** A session that is open at the echo vendor. */
export interface EchoSession {
  readonly number: string;
  readonly voice: SessionVoice;
  /** Absent for the one that linking opened. */
  readonly context?: EchoContext;
  /** Ends it from the vendor's side. */
  cut(end?: SessionEnd): void;
}

/** A process whose numbers need a session. */
export interface EchoProcess {
  readonly wadesk: Wadesk<Channel<"socket", { readonly number: string }, Details, { readonly number: string }, Record<never, never>>>;
  /** By number. */
  readonly open: Map<string, EchoSession>;
  readonly calls: string[];
  readonly log: string[];
  /** Called while a number is being linked, before linking is done. */
  onPair: (
    records: { set(changes: ReadonlyMap<string, Uint8Array | undefined>): Promise<void> },
    voice: SessionVoice | undefined,
  ) => Promise<void>;
  /** Called while a session is being opened. */
  onOpen: (voice: SessionVoice) => Promise<void>;
}

let processes = 0;

/** Opens a process on a storage that others may share. */
export function openEchoProcess(
  storage: Storage,
  clock: Clock,
  sharing: ChannelSession<Details, unknown, unknown>["sharing"] = "shared",
  /** For a process of its own: what makes its names, and who hears which sessions are open. */
  own: { readonly randomId?: () => string; readonly changed?: (open: ReadonlyMap<string, EchoSession>) => void } = {},
): EchoProcess {
  const open = new Map<string, EchoSession>();
  const calls: string[] = [];
  const log: string[] = [];
  const begin = (number: string, voice: SessionVoice, context?: EchoContext): OpenSession<Details> => {
    const ended = Promise.withResolvers<SessionEnd | undefined>();
    const session: EchoSession = { number, voice, cut: (end) => ended.resolve(end), ...(context && { context }) };
    open.set(number, session);
    own.changed?.(open);
    return {
      ended: ended.promise,
      async close() {
        calls.push(`close ${number}`);
        // another may have its place by now
        if (open.get(number) === session) open.delete(number);
        own.changed?.(open);
      },
      line: {
        async send(message) {
          calls.push(`send ${message.id} by ${number}`);
          return { providerId: `echo.${calls.length}`, acceptedAt: clock.now() };
        },
        async check() {
          calls.push(`check ${number}`);
          return { signals: [{ type: "alive", at: clock.now(), epoch: 0 }] };
        },
        async disconnect() {
          calls.push(`unlink ${number}`);
        },
      },
    };
  };
  const channel: Channel<"socket", { readonly number: string }, Details, { readonly number: string }, Record<never, never>> = {
    spec: "v1",
    kind: "socket",
    input: lazySchema(async () => z.strictObject({ number: z.string() })),
    settings: { schema: lazySchema(async () => z.strictObject({})), defaults: {}, secrets: [] },
    content: new Set(["text"]),
    async connect({ number }, context) {
      await context.claim(`socket:${number}`);
      await world.onPair(context.records, context.voice);
      const session = context.voice && begin(number, context.voice);
      return { route: `socket:${number}`, phone: number, details: {}, secret: { number }, ...(session && { session }) };
    },
    session: {
      sharing,
      async open(connection, context) {
        calls.push(`open ${context.secret.number}`);
        context.report({ type: "alive", at: context.now() });
        await world.onOpen(context);
        return begin(connection.phone ?? "", context, context);
      },
    },
  };
  processes += 1;
  const name = `s${processes}`;
  let ids = 0;
  const line =
    (level: string) =>
    (data: object, message: string): void =>
      void log.push(`${level} ${message} ${JSON.stringify(data)}`);
  const world: EchoProcess = {
    wadesk: createWadesk({
      channels: [channel],
      storage,
      clock,
      encryptionKeys: TEST_KEYS,
      log: { debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") },
      randomId:
        own.randomId ??
        (() => {
          ids += 1;
          return `${name}-${ids}`;
        }),
      random: () => 0,
    }),
    open,
    calls,
    log,
    onPair: async () => {},
    onOpen: async () => {},
  };
  return world;
}
