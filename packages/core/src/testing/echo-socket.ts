import { z } from "zod";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { InboundEvent } from "../model/event.ts";
import type { OutboundMessage } from "../model/message.ts";
import type { Channel } from "../ports/channel.ts";
import type { SealedRecords } from "../ports/context.ts";
import type { LineMedia } from "../ports/media.ts";
import type { NumberRule } from "../ports/number-rule.ts";
import { lazySchema } from "../ports/schemas/lazy-schema.ts";
import type { ChannelSession, OpenSession, SessionContext, SessionEnd } from "../ports/session.ts";
import type { SessionVoice } from "../ports/session-voice.ts";

type Details = Record<never, never>;
type Secret = { readonly number: string; readonly token?: string };
type EchoContext = SessionContext<Record<never, never>, Secret>;

/** A channel whose numbers need a socket to the echo vendor. */
export type SocketChannel = Channel<"socket", Secret, Details, Secret, Record<never, never>>;

/** A session that is open at the echo vendor. */
export interface EchoSession {
  readonly number: string;
  readonly voice: SessionVoice;
  readonly records: Pick<SealedRecords, "get" | "set">;
  readonly signal: AbortSignal;
  /** Absent for the one that linking opened. */
  readonly context?: EchoContext;
  /** Ends it from the vendor's side, for now or for good. */
  cut(reason?: "connection_lost" | "unlinked", end?: SessionEnd): void;
}

/** A made-up vendor of sockets, as one process sees it. */
export interface EchoSocket {
  readonly channel: SocketChannel;
  /** By number. */
  readonly open: Map<string, EchoSession>;
  readonly calls: string[];
  /** Called while a number is being linked, before linking is done. */
  onPair: (records: Pick<SealedRecords, "get" | "set">, voice: SessionVoice | undefined, signal: AbortSignal) => Promise<void>;
  /** Replace these to make the vendor refuse, or keep somebody waiting. */
  onOpen: (number: string, signal: AbortSignal, voice: SessionVoice) => Promise<void>;
  onClose: (number: string) => Promise<void>;
  onSend: (number: string, message: OutboundMessage) => Promise<void>;
  onCheck: (number: string) => Promise<void>;
  onDisconnect: (number: string) => Promise<void>;
}

/** How one is made. */
export interface EchoSocketOptions {
  readonly sharing?: ChannelSession<Details, unknown, unknown>["sharing"] | undefined;
  readonly openAtOnce?: number | undefined;
  readonly silenceLimitMs?: number | undefined;
  readonly numbers?: NumberRule | undefined;
  readonly now: () => number;
  /** What the line of a number does with files. */
  readonly mediaOf?: ((number: string) => LineMedia) | undefined;
  /** Hears which sessions are open whenever that changes. */
  readonly changed?: ((open: ReadonlyMap<string, EchoSession>) => void) | undefined;
}

/** How many bytes a file may have that is brought to the vendor. */
export const ECHO_LARGEST: number = 1024 * 1024;

/** Makes one. What it has sent it writes into its records first, as those do whose keys move on with each message. */
export function echoSocket({
  sharing = "shared",
  openAtOnce,
  silenceLimitMs,
  numbers,
  now,
  mediaOf,
  changed = () => {},
}: EchoSocketOptions): EchoSocket {
  const { open, calls, ...hooks } = emptyVendor();
  const begin = (session: Omit<EchoSession, "cut">): OpenSession<Details> => {
    const { number, voice, records, signal } = session;
    const ended = Promise.withResolvers<SessionEnd | undefined>();
    const here: EchoSession = {
      ...session,
      cut(reason = "connection_lost", end?: SessionEnd) {
        voice.report({ type: "closed", reason, at: now() });
        leave();
        ended.resolve(end);
      },
    };
    const leave = (): void => {
      signal.removeEventListener("abort", leave);
      if (open.get(number) !== here) return;
      open.delete(number);
      changed(open);
    };
    const mustBeOpen = (): void => {
      if (open.get(number) !== here || signal.aborted) throw new WadeskError("not_connected", { detail: "the socket is closed" });
    };
    open.set(number, here);
    changed(open);
    signal.addEventListener("abort", leave, { once: true });
    return {
      ended: ended.promise,
      async close() {
        calls.push(`close ${number}`);
        leave();
        await vendor.onClose(number);
      },
      line: {
        async send(message) {
          mustBeOpen();
          await vendor.onSend(number, message);
          await records.set(new Map([["sent", new TextEncoder().encode(message.id)]]));
          mustBeOpen();
          calls.push(`send ${message.id} by ${number}`);
          return { providerId: `echo.${calls.length}`, acceptedAt: now() };
        },
        async check() {
          mustBeOpen();
          calls.push(`check ${number}`);
          await vendor.onCheck(number);
          return { signals: [{ type: "alive", at: now(), epoch: 0 }] };
        },
        async disconnect() {
          mustBeOpen();
          calls.push(`unlink ${number}`);
          await vendor.onDisconnect(number);
        },
        ...(mediaOf && { media: mediaOf(number) }),
      },
    };
  };
  const vendor: EchoSocket = {
    open,
    calls,
    ...hooks,
    channel: {
      spec: "v1",
      kind: "socket",
      ...(silenceLimitMs !== undefined && { silenceLimitMs }),
      ...(numbers && { numbers }),
      input: lazySchema(async () => z.strictObject({ number: z.string(), token: z.string().exactOptional() })),
      settings: { schema: lazySchema(async () => z.strictObject({})), defaults: {}, secrets: [] },
      content: new Set(mediaOf === undefined ? ["text"] : ["text", "image"]),
      ...(mediaOf && { files: { upload: { largest: () => ECHO_LARGEST } } }),
      async connect({ number, ...rest }, { claim, records, voice, signal }) {
        await claim(`socket:${number}`);
        await vendor.onPair(records, voice, signal);
        signal.throwIfAborted();
        const session = voice && begin({ number, voice, records, signal });
        return { route: `socket:${number}`, phone: number, details: {}, secret: { number, ...rest }, ...(session && { session }) };
      },
      session: {
        sharing,
        ...(openAtOnce !== undefined && { openAtOnce }),
        async open(connection, context) {
          const { records, signal } = context;
          calls.push(`open ${context.secret.number}`);
          await vendor.onOpen(context.secret.number, signal, context);
          signal.throwIfAborted();
          const session = begin({ number: connection.phone ?? context.secret.number, voice: context, records, signal, context });
          context.report({ type: "alive", at: context.now() });
          return session;
        },
      },
    },
  };
  return vendor;
}

/** Somebody writes to the number of a session that is open. Rejects where that could not be stored. */
export async function writeTo({ number, voice }: EchoSession, id: string, at: number): Promise<void> {
  const route = `socket:${number}`;
  const from = "+4915100000001";
  const event: InboundEvent = {
    key: `${route}|${from}|${from}|${id}`,
    route,
    orderKey: `${route}|${from}`,
    type: "message.received",
    at,
    data: { messageId: id, contact: { phone: from }, content: { kind: "text", text: "hello" }, raw: { id } },
  };
  await voice.receive([event]);
}

function emptyVendor(): Omit<EchoSocket, "channel"> {
  const nothing = async (): Promise<void> => {};
  return {
    open: new Map(),
    calls: [],
    onPair: nothing,
    onOpen: nothing,
    onClose: nothing,
    onSend: nothing,
    onCheck: nothing,
    onDisconnect: nothing,
  };
}
