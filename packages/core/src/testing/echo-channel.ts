import { z } from "zod";
import type { Connection } from "../model/connection.ts";
import type { InboundEvent } from "../model/event.ts";
import type { OutboundMessage, SendReceipt } from "../model/message.ts";
import type { RequestChannel } from "../ports/channel.ts";
import { lazySchema } from "../ports/schemas/lazy-schema.ts";

/** What connecting to the echo vendor takes. */
export interface EchoInput {
  readonly number: string;
  readonly token: string;
  readonly account?: string;
  /** Whose secret signs its webhooks: the account itself, unless it says another. */
  readonly speaker?: string;
}

/** The echo vendor's platform-wide settings. */
export interface EchoSettings {
  readonly region?: string;
  /** What the hook secrets are secrets of. */
  readonly app?: string;
  readonly hookSecret: readonly string[];
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
  onDisconnect: () => Promise<void>;
  onSend: (message: OutboundMessage) => Promise<SendReceipt>;
  onCheck: (connection: Connection) => Promise<void>;
}

/** Makes an echo vendor. */
export function echoVendor(
  options: { readonly silenceLimitMs?: number; readonly maxPerWorkspace?: number; readonly movable?: true } = {},
): EchoVendor {
  const calls: string[] = [];
  const sent: OutboundMessage[] = [];
  const vendor: EchoVendor = {
    calls,
    sent,
    onConnect: async () => {},
    onSubscribed: async () => {},
    onDisconnect: async () => {},
    onCheck: async () => {},
    onSend: async (message) => ({ providerId: `echo.${sent.indexOf(message) + 1}`, acceptedAt: 1 }),
    channel: {
      spec: "v1",
      kind: "echo",
      ...options,
      input: lazySchema(async () =>
        z.strictObject({
          number: z.string().regex(/^\+\d+$/, "must be + and digits"),
          token: z.string().min(1),
          account: z.string().exactOptional(),
          speaker: z.string().exactOptional(),
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
        defaults: { hookSecret: ["from-options"] },
        secrets: ["hookSecret"],
        secretsBelongTo: { hookSecret: "app" },
      },
      content: new Set(["text"]),
      webhook: {
        paths: ["/echo"],
        scheme: { detect: () => true, account: (raw) => raw.headers.get("account") ?? undefined, verify: async () => true },
        async secretsFor(account, context) {
          const platform = await context.platformSecrets("hookSecret");
          const own = account === undefined ? [] : await context.connectionSecrets(account);
          return [...platform.map(({ secret, of = "echo" }) => ({ secret, speaker: of })), ...own];
        },
        signingSecrets: (secret) => [(secret as { readonly token: string }).token],
        normalize: (raw) => JSON.parse(new TextDecoder().decode(raw.body)) as InboundEvent[],
        acknowledge: () => new Response(),
      },
      async connect(input, context) {
        await context.show({ type: "check", name: "token", state: "running" });
        await vendor.onConnect();
        await context.show({ type: "check", name: "token", state: "passed" });
        const account = input.account === undefined ? {} : { account: `echo:${input.account}` };
        await context.claim(`echo:${input.number}`, account.account);
        calls.push(`subscribe ${input.number}`);
        await vendor.onSubscribed();
        return {
          route: `echo:${input.number}`,
          phone: input.number,
          details: { number: input.number },
          secret: { token: input.token },
          defaultLabel: `Echo ${input.number}`,
          ...account,
          ...(input.speaker !== undefined && { speaker: input.speaker }),
        };
      },
      line: (connection, context) => ({
        async disconnect() {
          const siblings = await context.siblings();
          await vendor.onDisconnect();
          calls.push(`disconnect ${connection.phone ?? connection.route} with ${context.secret.token}, siblings ${siblings}`);
        },
        async send(message) {
          sent.push(message);
          return vendor.onSend(message);
        },
        async check() {
          await vendor.onCheck(connection);
          return { signals: [{ type: "alive", at: context.now(), epoch: connection.epoch }] };
        },
      }),
    },
  };
  return vendor;
}
