import type { InboundEvent } from "../model/event.ts";
import type { ChannelContext } from "./context.ts";

/** A webhook as it arrived: the public URL and the raw bytes, exactly as signed. */
export interface RawRequest {
  readonly method: string;
  /** The URL the vendor called, before any proxy rewrote it. */
  readonly url: URL;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** How a vendor signs. Some are built into `@wadesk/webhooks`, known by name; a new channel brings its own. */
export interface WebhookScheme {
  detect(raw: RawRequest): boolean;
  /** The account the request names; the only thing read before verification. */
  account(raw: RawRequest): string | undefined;
  verify(raw: RawRequest, secret: string): Promise<boolean>;
}

/** What a source may use to find the secrets that may have signed. */
export interface SecretsContext<Settings> extends ChannelContext<Settings> {
  /** The opened secrets of this channel's connections on an account, replaced ones of the last 24 hours among them. */
  readonly secretsOfAccount: (account: string) => Promise<readonly unknown[]>;
}

/** A channel's side of the webhook endpoint, for vendors that call in. */
export interface WebhookSource<Settings> {
  /** Paths below the handler's base path, e.g. `/whatsapp/inbound`. Several channels may share one. */
  readonly paths: readonly `/${string}`[];
  /** A scheme, or the name of one that is built into `@wadesk/webhooks`. */
  readonly scheme: string | WebhookScheme;
  /** Several during a rotation; none, and everything is refused. */
  secretsFor(account: string | undefined, context: SecretsContext<Settings>): Promise<readonly string[]>;
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
