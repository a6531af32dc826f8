import { z } from "zod";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { Connection } from "../model/connection.ts";
import type { MediaReference } from "../model/content/media-content.ts";
import type { InboundEvent } from "../model/event.ts";
import type { OutboundMessage, SendReceipt } from "../model/message.ts";
import type { RequestChannel } from "../ports/channel.ts";
import type { Line } from "../ports/line.ts";
import type { MediaWork, OpenedMedia, OutgoingMedia } from "../ports/media.ts";
import { lazySchema } from "../ports/schemas/lazy-schema.ts";
import type { ReasonSentences } from "../status/reason-table.ts";
import { echoSignup } from "./echo-signup.ts";

/** What connecting to the echo vendor takes. */
export interface EchoInput {
  readonly number: string;
  readonly token: string;
  readonly account?: string;
  /** Whose secret signs its webhooks: the account itself, unless it says another. */
  readonly speaker?: string;
  /** Answers the vendor's challenge, which comes while the number is connected. */
  readonly challenge?: string;
}

/** The echo vendor's platform-wide settings. */
export interface EchoSettings {
  readonly region?: string;
  /** What the hook secrets are secrets of. */
  readonly app?: string;
  readonly hookSecret: readonly string[];
  /** Other processes that it is reached through. */
  readonly bridges: Readonly<Record<string, EchoBridge>>;
}

/** One group of the echo vendor's settings. */
export interface EchoBridge {
  readonly url: string;
  readonly note?: string;
  readonly secrets: readonly string[];
}

/** A made-up vendor that does what a test tells it to, and remembers what it was asked. */
export interface EchoVendor {
  readonly channel: RequestChannel<"echo", EchoInput, { readonly number: string }, { readonly token: string }, EchoSettings>;
  readonly calls: string[];
  readonly sent: OutboundMessage[];
  /** Replace these to make the vendor refuse. */
  onConnect: () => Promise<void>;
  /** After the vendor was changed. */
  onSubscribed: () => Promise<void>;
  onDisconnect: () => ReturnType<Line["disconnect"]>;
  onSend: (message: OutboundMessage) => Promise<SendReceipt>;
  onCheck: (connection: Connection) => Promise<void>;
  /** Files that came in. */
  onOpen: (reference: MediaReference, work: MediaWork, connection: Connection) => Promise<OpenedMedia>;
  onUpload: (file: OutgoingMedia, connection: Connection, work: Pick<MediaWork, "signal">) => Promise<{ readonly id: string }>;
  /** Files that were brought to it, and how many bytes of a type it takes. */
  readonly brought: { readonly mimeType: string; readonly fileName?: string; readonly sizeBytes?: number; readonly bytes: Uint8Array }[];
  largest: number | undefined;
}

/** Whether files come in alone, or go out too; absent where it has none. */
export type EchoFiles = "in" | "in and out";

/** Makes an echo vendor. */
export function echoVendor(
  options: {
    readonly silenceLimitMs?: number;
    readonly phoneLimitMs?: number;
    readonly sentences?: ReasonSentences;
    readonly maxPerWorkspace?: number;
    readonly movable?: true;
    readonly chosenBy?: string;
    readonly files?: EchoFiles | undefined;
  } = {},
): EchoVendor {
  const { files, ...limits } = options;
  const calls: string[] = [];
  const sent: OutboundMessage[] = [];
  const vendor: EchoVendor = {
    calls,
    sent,
    onConnect: async () => {},
    onSubscribed: async () => {},
    onDisconnect: async () => {},
    onCheck: async () => {},
    onOpen: async () => Promise.reject(new WadeskError("media_not_found")),
    async onUpload({ stream, ...file }) {
      vendor.brought.push({ ...file, bytes: new Uint8Array(await new Response(stream).arrayBuffer()) });
      return { id: `file-${vendor.brought.length}` };
    },
    brought: [],
    largest: undefined,
    onSend: async (message) => ({ providerId: `echo.${sent.indexOf(message) + 1}`, acceptedAt: 1 }),
    channel: {
      spec: "v1",
      kind: "echo",
      ...limits,
      ...(files !== undefined && { files: files === "in" ? {} : { upload: { largest: () => vendor.largest } } }),
      input: lazySchema(async () =>
        z.strictObject({
          number: z.string().regex(/^\+\d+$/, "must be + and digits"),
          token: z.string().min(1),
          account: z.string().exactOptional(),
          speaker: z.string().exactOptional(),
          challenge: z.string().exactOptional(),
        }),
      ),
      settings: {
        schema: lazySchema(async () =>
          z.strictObject({
            region: z.string().exactOptional(),
            app: z.string().exactOptional(),
            hookSecret: z.array(z.string().min(4)).exactOptional(),
          }),
        ),
        defaults: { hookSecret: ["from-options"], bridges: {} },
        secrets: ["hookSecret"],
        secretsBelongTo: { hookSecret: "app" },
        groups: {
          bridges: {
            schema: lazySchema(
              async () =>
                z.strictObject({
                  url: z.url("must be an address").exactOptional(),
                  note: z.string().exactOptional(),
                  secrets: z.array(z.string().min(4)).exactOptional(),
                }),
              { url: true, note: true, secrets: true },
            ),
            secrets: ["secrets"],
            required: ["url"],
            ...(options.chosenBy !== undefined && { chosenBy: options.chosenBy }),
          },
        },
      },
      content: new Set(files === undefined ? ["text"] : ["text", "image", "document", "template", "buttons", "cta_url"]),
      webhook: {
        paths: ["/echo"],
        scheme: { detect: () => true, account: (raw) => raw.headers.get("account") ?? undefined, verify: async () => true },
        async secretsFor(account, context) {
          const platform = await context.platformSecrets("hookSecret");
          const own = account === undefined ? [] : await context.connectionSecrets(account);
          return [...platform.map(({ secret, of = "echo" }) => ({ secret, speaker: of })), ...own];
        },
        signingSecrets: (secret) => [(secret as { readonly token: string }).token],
        challengeTokens: (secret) => {
          const { challenge } = secret as { readonly challenge?: string };
          return challenge === undefined ? [] : [challenge];
        },
        normalize: (raw) => JSON.parse(new TextDecoder().decode(raw.body)) as InboundEvent[],
        acknowledge: () => new Response(),
      },
      signup: echoSignup(calls),
      async connect(input, context) {
        await context.show({ type: "check", name: "token", state: "running" });
        await vendor.onConnect();
        await context.show({ type: "check", name: "token", state: "passed" });
        const account = input.account === undefined ? {} : { account: `echo:${input.account}` };
        await context.claim(`echo:${input.number}`, account.account);
        const secret = { token: input.token, ...(input.challenge !== undefined && { challenge: input.challenge }) };
        if (input.challenge !== undefined) await context.announce(input.speaker ?? "echo", secret);
        calls.push(`subscribe ${input.number}`);
        await vendor.onSubscribed();
        return {
          route: `echo:${input.number}`,
          phone: input.number,
          details: { number: input.number },
          secret,
          defaultLabel: `Echo ${input.number}`,
          ...account,
          ...(input.speaker !== undefined && { speaker: input.speaker }),
        };
      },
      line: (connection, context) => ({
        async disconnect() {
          const siblings = await context.siblings();
          const answer = await vendor.onDisconnect();
          calls.push(`disconnect ${connection.phone ?? connection.route} with ${context.secret.token}, siblings ${siblings}`);
          return answer;
        },
        async send(message) {
          sent.push(message);
          return vendor.onSend(message);
        },
        async check() {
          await vendor.onCheck(connection);
          return { signals: [{ type: "alive", at: context.now(), epoch: connection.epoch }] };
        },
        ...(files !== undefined && {
          media: {
            open: (reference, work) => vendor.onOpen(reference, work, connection),
            ...(files === "in and out" && { upload: (file, work) => vendor.onUpload(file, connection, work) }),
          },
        }),
      }),
    },
  };
  return vendor;
}
