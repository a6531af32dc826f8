import { type InboundEvent, lazySchema, type OutboundMessage, type RequestChannel, type SendReceipt } from "@wadesk/core/ports";
import { z } from "zod";

/** What connecting to the echo vendor takes. */
export interface EchoInput {
  readonly number: string;
  readonly token: string;
}

/** A fourth kind of channel, with a vendor that signs with a plain secret. */
export type EchoChannel = RequestChannel<
  "echo",
  EchoInput,
  { readonly number: string },
  { readonly token: string },
  { readonly hook: readonly string[] }
>;

/** The header that holds the secret. */
export const ECHO_HEADER = "x-echo-secret";

/** An echo vendor with its channel, and what it was asked to send. */
export interface EchoVendor {
  readonly channel: EchoChannel;
  readonly sent: OutboundMessage[];
}

/** Makes one. Nothing in it is known to WaDesk but the port. */
export function echoVendor(secret: string): EchoVendor {
  const sent: OutboundMessage[] = [];
  const channel: EchoChannel = {
    spec: "v1",
    kind: "echo",
    input: lazySchema(async () => z.strictObject({ number: z.string().min(1), token: z.string().min(1) })),
    settings: {
      schema: lazySchema(async () => z.strictObject({ hook: z.array(z.string().min(1)).exactOptional() })),
      defaults: { hook: [secret] },
      secrets: ["hook"],
    },
    content: new Set(["text"]),
    connect: async ({ number, token }, context) => {
      await context.claim(`echo:${number}`);
      return { route: `echo:${number}`, speaker: "echo:vendor", phone: number, details: { number }, secret: { token } };
    },
    line: ({ epoch }, context) => ({
      disconnect: async () => {},
      check: async () => ({ signals: [{ type: "alive", at: context.now(), epoch }] }),
      async send(message): Promise<SendReceipt> {
        sent.push(message);
        return { providerId: `echo.${sent.length}`, acceptedAt: context.now() };
      },
    }),
    webhook: {
      paths: ["/echo"],
      scheme: {
        detect: ({ headers }) => headers.has(ECHO_HEADER),
        account: () => undefined,
        verify: async ({ headers }, candidate) => headers.get(ECHO_HEADER) === candidate,
      },
      secretsFor: async (_account, context) =>
        (await context.platformSecrets("hook")).map(({ secret }) => ({ secret, speaker: "echo:vendor" })),
      normalize: ({ body }) => [echoed(JSON.parse(new TextDecoder().decode(body)) as EchoNote)],
      acknowledge: () => new Response("thanks"),
    },
  };
  return { channel, sent };
}

/** What the echo vendor posts. */
export interface EchoNote {
  readonly to: string;
  readonly from: string;
  readonly id: string;
  readonly text: string;
  /** Where it says that it belongs; by default to its own number. */
  readonly route?: string;
}

function echoed(note: EchoNote): InboundEvent {
  const { route = `echo:${note.to}` } = note;
  return {
    key: `${route}|${note.from}|${note.from}|${note.id}`,
    route,
    orderKey: `${route}|${note.from}`,
    type: "message.received",
    at: 1_780_000_000_000,
    data: { messageId: note.id, contact: { phone: note.from }, content: { kind: "text", text: note.text }, raw: note },
  };
}
