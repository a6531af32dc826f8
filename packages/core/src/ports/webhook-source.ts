import type { InboundEvent } from "../model/event.ts";
import type { ChannelContext } from "./context.ts";

/** What is known of a webhook before its body is read. */
export interface RequestHead {
  readonly method: string;
  /** The URL the vendor called, before any proxy rewrote it. */
  readonly url: URL;
  /** The same address as it was written, where that says more than a `URL` keeps: upper case, credentials, a port. For schemes that sign it. */
  readonly addresses?: readonly string[];
  readonly headers: Headers;
}

/** A webhook as it arrived: the public URL and the raw bytes, exactly as signed. */
export interface RawRequest extends RequestHead {
  readonly body: Uint8Array;
}

/** A request that was read once for all that is asked of it before it is believed. */
export interface ReadRequest {
  readonly account: string | undefined;
  /** `addresses` are tried in place of the request's own. */
  verify(secret: string, addresses?: readonly string[]): Promise<boolean>;
}

/** How a vendor signs. Some are built into `@wadesk/webhooks`, known by name; a new channel brings its own. */
export interface WebhookScheme {
  /** By its head alone: what is nobody's is answered before its body is read. */
  detect(head: RequestHead): boolean;
  /** The account the request names; the only thing read before verification. */
  account(raw: RawRequest): string | undefined;
  verify(raw: RawRequest, secret: string): Promise<boolean>;
  /** Both at once, for schemes that would otherwise read the body for each secret anew. */
  read?(raw: RawRequest): ReadRequest;
  /** Whether each account signs with a secret of its own, so that a request for an account that nobody has is a stranger's. */
  readonly perAccount?: boolean;
}

/** What a source may use to find the secrets that may have signed. */
export interface SecretsContext<Settings> extends ChannelContext<Settings> {
  /** The opened secrets of this channel's connections on an account, replaced ones of the last 24 hours among them. */
  readonly secretsOfAccount: (account: string) => Promise<readonly unknown[]>;
}

/** How old a genuine webhook can be. */
export interface Redelivery {
  /** Milliseconds for which the vendor delivers again what was not answered 200. */
  readonly forMs: number;
  /** When the vendor made the webhook, by its own clock in milliseconds since the epoch; `undefined` where it does not say. */
  madeAt(raw: RawRequest): number | undefined;
}

/** A channel's side of the webhook endpoint, for vendors that call in. */
export interface WebhookSource<Settings> {
  /** Paths below the handler's base path, e.g. `/whatsapp/inbound`. Several channels may share one. */
  readonly paths: readonly `/${string}`[];
  /** A scheme, or the name of one that is built into `@wadesk/webhooks`. */
  readonly scheme: string | WebhookScheme;
  /** Several during a rotation; none, and everything is refused. */
  secretsFor(account: string | undefined, context: SecretsContext<Settings>): Promise<readonly string[]>;
  /** Addresses beside the public URL that the vendor was told to call, as they were written; asked for when a signature fits no other. */
  addresses?(context: ChannelContext<Settings>): Promise<readonly string[]>;
  /** For vendors that put a time into what they sign: what is older than they deliver again, and than the inbox remembers, is a replay. */
  readonly redelivery?: Redelivery;
  /** The tokens that answer a subscription challenge; absent where the vendor has none. */
  verifyTokens?(context: ChannelContext<Settings>): Promise<readonly string[]>;
  /**
   * Pure. `account` is the one whose secret verified the request, where it names one: nothing in it may be taken for another account's. Throws
   * `body_invalid` when the body is not what the vendor sends; an unknown kind of item is an event.
   */
  normalize(raw: RawRequest, account?: string): readonly InboundEvent[];
  /** The answer to a webhook whose events are stored. */
  acknowledge(raw: RawRequest): Response;
}
