import { type Clock, type Platform, WadeskError } from "@wadesk/core";
import {
  type InboundEvent,
  type InboundPort,
  type InboundSource,
  inboundSource,
  type RawRequest,
  type SecretsContext,
  type WebhookSource,
} from "@wadesk/core/ports";
import { type LogLine, recordingLogger } from "@wadesk/testing";

/** What the echo channel is configured with. */
export interface EchoSettings {
  readonly secrets: readonly string[];
  readonly verifyTokens: readonly string[];
}

/** One call of `receive`. */
export interface Received {
  readonly kind: string;
  readonly events: readonly InboundEvent[];
  readonly platform: Platform | undefined;
  readonly speaker: string | undefined;
}

/** The secret that the echo channel has unless a test says otherwise. */
export const SECRET = "7d0f3c9a5e1b48f2";
/** The verify token that it has. */
export const VERIFY_TOKEN = "correct horse battery staple";

/** A channel whose every webhook is one unknown event that holds the body. */
export function echoSource(change: Partial<WebhookSource<EchoSettings>> = {}): WebhookSource<EchoSettings> {
  return {
    paths: ["/whatsapp/inbound", "/wa-calling"],
    scheme: "meta",
    secretsFor: async (_account, context) => (await context.settings()).secrets.map((secret) => ({ secret, speaker: "echo:vendor" })),
    verifyTokens: async (context) => (await context.settings()).verifyTokens,
    normalize: (raw) => [eventOf(raw)],
    acknowledge: () => new Response(null, { status: 200 }),
    ...change,
  };
}

function eventOf({ body }: RawRequest): InboundEvent {
  const text = new TextDecoder().decode(body);
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    throw new WadeskError("body_invalid", { cause });
  }
  const route = "echo:1";
  return { key: `${route}|${text}`, route, orderKey: route, type: "event.unknown", at: 1, data: { raw } };
}

/** What a test may choose. */
export interface EchoOptions {
  readonly sources?: readonly { readonly kind: string; readonly source: WebhookSource<EchoSettings> }[];
  readonly settings?: Partial<EchoSettings>;
  readonly publicUrl?: string;
  /** One that stands still unless given. */
  readonly clock?: Clock;
  readonly receive?: (received: Received) => Promise<void>;
}

/** A client with nothing behind it. */
export interface EchoInbound {
  readonly wadesk: { readonly inbound: InboundPort };
  readonly received: readonly Received[];
  readonly lines: readonly LogLine[];
}

/** Makes a client that keeps what it is handed, and what is logged. */
export function echoInbound(options: EchoOptions = {}): EchoInbound {
  const { log, lines } = recordingLogger();
  const received: Received[] = [];
  const publicUrl = options.publicUrl === undefined ? undefined : new URL(options.publicUrl);
  const settings = { secrets: [SECRET], verifyTokens: [VERIFY_TOKEN], ...options.settings };
  const context: SecretsContext<EchoSettings> = {
    settings: async () => settings,
    platformSecrets: async () => [],
    connectionSecrets: async () => [],
    connectionTokens: async () => [],
    publicUrl,
    fetch,
    now: () => 1,
    log,
  };
  const inbound: InboundPort = {
    // the port hands over sources of any settings, each with the context of its own
    sources: (options.sources ?? [{ kind: "echo", source: echoSource() }]).map((each) => inboundSource(each as InboundSource, context)),
    publicUrl,
    publicAddress: options.publicUrl,
    retentionMs: 8 * 24 * 60 * 60 * 1000,
    clock: options.clock ?? { now: () => 1, after: () => () => undefined },
    log,
    receive: async (kind, events, platform, speaker) => {
      await options.receive?.({ kind, events, platform, speaker });
      received.push({ kind, events, platform, speaker });
    },
    passedOver: () => ({ unowned: 0, unspoken: 0 }),
  };
  return { wadesk: { inbound }, received, lines };
}
