import type { Connection } from "../model/connection.ts";
import type { InboundEvent } from "../model/event.ts";
import type { HealthReport } from "../status/connection-status.ts";
import type { ChannelContext } from "./context.ts";
import type { CheckReport } from "./line.ts";

/** What is known of a webhook before its body is read. */
export interface RequestHead {
  /** E.g. `POST`. */
  readonly method: string;
  /** The URL the vendor called, before any proxy rewrote it. */
  readonly url: URL;
  /** The same address as it was written, where that says more than a `URL` keeps: upper case, credentials, a port. For schemes that sign it. */
  readonly addresses?: readonly string[];
  /** As they came. */
  readonly headers: Headers;
  /** What stands in the URL in the place of the path's `:name`, decoded and never empty; absent where the path has none. */
  readonly parameter?: string;
}

/** A webhook as it arrived: the public URL and the raw bytes, exactly as signed. */
export interface RawRequest extends RequestHead {
  /** Every byte as it came. */
  readonly body: Uint8Array;
}

/** A request that was read once for all that is asked of it before it is believed. */
export interface ReadRequest {
  /** The account that it names. */
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
  /** Whether the secret signed it, compared in constant time. */
  verify(raw: RawRequest, secret: string): Promise<boolean>;
  /**
   * Both at once, for schemes that would otherwise read the body for each secret anew. `now`, in milliseconds since the epoch, is for those that sign a time: what
   * is refused for another reason than a wrong secret throws, and says what to do.
   */
  read?(raw: RawRequest, now: number): ReadRequest;
  /** Whether each account signs with a secret of its own, so that a request for an account that nobody has is a stranger's. */
  readonly perAccount?: boolean;
}

/** A secret that may have signed a request, and whom it speaks for. */
export interface SpeakingSecret {
  /** The secret, opened. */
  readonly secret: string;
  /**
   * The app or account that it is a secret of, beginning with the channel's kind: `cloud-api:app:<App ID>`, `twilio:<AccountSid>`. What it verifies is
   * heard by the connections of that speaker alone.
   */
  readonly speaker: string;
  /** Asked once it has verified a request, where finding out costs more than a forged request may: whether it still counts. */
  readonly stands?: () => Promise<boolean>;
}

/** One of the platform's own secrets. */
export interface PlatformSecret {
  /** The secret, opened. */
  readonly secret: string;
  /** What it was kept for: the app's id or account that the settings named when it was added; absent where none was ever named. */
  readonly of?: string;
}

/** What a source may ask to tell who speaks for a connection. */
export interface SpeakerContext<Settings> {
  /** The admin's stored values over the constructor's options. */
  readonly settings: () => Promise<Settings>;
  /** The platform's own secrets of one field, those of a former app or account among them. */
  readonly platformSecrets: (field: keyof Settings & string) => Promise<readonly PlatformSecret[]>;
}

/** What a source is asked with about one request, of which nothing but the path is known. */
export interface PathContext<Settings> extends ChannelContext<Settings> {
  /**
   * What stands in the URL in the place of the path's `:name`, decoded; absent where the path has none. Anybody may write it: it picks among what is
   * there, and for one that nobody has no secret and no token is answered.
   */
  readonly parameter?: string;
  /**
   * The distinct tokens with which this channel's connections of one speaker have the vendor's challenge answered, those of attempts that have announced
   * theirs among them. However many connections there are, it costs the same.
   */
  readonly connectionTokens: (speaker: string) => Promise<readonly string[]>;
}

/** What a source may use to find the secrets that may have signed. */
export interface SecretsContext<Settings> extends PathContext<Settings>, SpeakerContext<Settings> {
  /**
   * The distinct secrets with which this channel's connections of one speaker sign, those replaced within the last 24 hours among them. However many
   * connections there are, it costs the same.
   */
  readonly connectionSecrets: (speaker: string) => Promise<readonly SpeakingSecret[]>;
}

/** What a webhook is called that counts once: of those with one name the first one alone, also where that came to nothing. */
export interface ToldOnce {
  /** As its vendor calls it; another speaker may call one of its own the same. */
  readonly id: string;
  /** For how long it could come again at most, in milliseconds. */
  readonly forMs: number;
}

/** How a number is, as its vendor says it again and again: a sign of life, and what it learnt since. It is no event, and enters no inbox. */
export interface ReportedStanding extends Pick<CheckReport<unknown>, "details" | "facts" | "warnings"> {
  /** The number it is about. */
  readonly route: string;
  /** What it says of the number's health. */
  readonly health: readonly HealthReport[];
}

/** A number that its vendor reports and nobody here uses. */
export interface StrayNumber {
  /** As the channel names it. */
  readonly route: string;
  /**
   * When it was disconnected or removed here, in milliseconds since the epoch, of which the vendor is to hear yet: one that was linked since is not meant. Absent for
   * one that never was here, or is another speaker's.
   */
  readonly endedAt?: number;
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
  /**
   * Paths below the handler's base path, e.g. `/whatsapp/inbound`. Several channels may share one. One whole part of a path may be a name, as in
   * `/whatsapp/inbound/:app`: what stands there picks the secrets before the body is read. A path that is written out goes before one with a name.
   */
  readonly paths: readonly `/${string}`[];
  /** A scheme, or the name of one that is built into `@wadesk/webhooks`. */
  readonly scheme: string | WebhookScheme;
  /** Several during a rotation, the platform's own first; none, and everything is refused. */
  secretsFor(account: string | undefined, context: SecretsContext<Settings>): Promise<readonly SpeakingSecret[]>;
  /** The texts of a connection's opened secret with which its vendor signs; absent where no connection holds one. */
  signingSecrets?(secret: unknown): readonly string[];
  /** The texts of a connection's opened secret with which a challenge of its vendor's is answered; absent where no connection holds one. They sign nothing. */
  challengeTokens?(secret: unknown): readonly string[];
  /** Who speaks for a connection; absent where what `connect` answered as its speaker is all there is to know. */
  speakerOf?(connection: Connection, context: SpeakerContext<Settings>): Promise<string | undefined>;
  /** Addresses beside the public URL that the vendor was told to call, as they were written; asked for when a signature fits no other. */
  addresses?(context: PathContext<Settings>): Promise<readonly string[]>;
  /** For vendors that put a time into what they sign: what is older than they deliver again, and than the inbox remembers, is a replay. */
  readonly redelivery?: Redelivery;
  /** The tokens that answer a subscription challenge; absent where the vendor has none. */
  verifyTokens?(context: PathContext<Settings>): Promise<readonly string[]>;
  /**
   * Pure; a promise where what reads the body is loaded with the first webhook. `account` is the one whose secret verified the request, where it names one:
   * nothing in it may be taken for another account's. Throws `body_invalid` when the body is not what the vendor sends; an unknown kind of item is an event.
   */
  normalize(raw: RawRequest, account?: string): readonly InboundEvent[] | Promise<readonly InboundEvent[]>;
  /**
   * How numbers are, for a vendor that reports it beside events; absent where none does. Pure; `now` is in milliseconds since the epoch. Only connections of whoever
   * signed the webhook hear it. Throws as `normalize` does.
   */
  standings?(raw: RawRequest, account: string | undefined, now: number): readonly ReportedStanding[];
  /**
   * What one webhook with standings is called, so that one which was recorded and is brought again does not turn a number back. Absent where it cannot come again.
   */
  toldOnce?(raw: RawRequest): ToldOnce;
  /**
   * What becomes of numbers among the standings that nobody here uses: the vendor is told what has ended meanwhile, and what nobody knows. Awaited before the webhook
   * is acknowledged; a rejection refuses it, and it is for the next one to try again.
   */
  strays?(strays: readonly StrayNumber[], raw: RawRequest, account: string | undefined, context: ChannelContext<Settings>): Promise<void>;
  /** The answer to a webhook whose events are stored. */
  acknowledge(raw: RawRequest): Response;
}
