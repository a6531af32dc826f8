import type { Logger } from "./runtime.ts";
import type { SessionVoice } from "./session-voice.ts";
import type { Page } from "./stores/page.ts";
import type { ListedRecord, RecordListRequest, TimedValue } from "./stores/record-store.ts";

/** What a person sees while a connection is being made; kept, so that any process can show it. */
export type LinkStep =
  | {
      readonly type: "qr";
      /** `@wadesk/core/qr` draws it. */
      readonly text: string;
      /** When it counts no more, in milliseconds since the epoch. */
      readonly expiresAt: number;
      /** Which QR of an attempt it is, counted from 1, and how many there are, where the vendor gives a certain number. */
      readonly number?: number;
      /** How many QRs the attempt may show. */
      readonly of?: number;
    }
  | {
      readonly type: "code";
      /** What is typed into WhatsApp on the phone. */
      readonly code: string;
      /** When it counts no more, in milliseconds since the epoch. */
      readonly expiresAt: number;
    }
  | {
      readonly type: "step";
      /** What happens now. */
      readonly step: "restarting" | "syncing" | "verifying";
      /** How far it is, 0 to 100, where the vendor tells. */
      readonly percent?: number;
    }
  | {
      readonly type: "check";
      /** Which check, by the channel's name for it. */
      readonly name: string;
      /** Where the check stands. */
      readonly state: "running" | "passed" | "failed";
      /** What was found, in a sentence. */
      readonly detail?: string;
    }
  /** The connection is made: the last step, and of every channel. */
  | { readonly type: "ready" };

/** Everything a channel may touch comes in through its context. */
export interface ChannelContext<Settings> {
  /** The admin's stored values over the constructor's options, read per call so that all processes agree. */
  readonly settings: () => Promise<Settings>;
  /** Where the host is reached from outside, where it was given. */
  readonly publicUrl: URL | undefined;
  /** The public URL as it was written, where there is one: vendors sign the text that they were told to call. */
  readonly publicAddress?: string | undefined;
  /** By which the vendor is asked. */
  readonly fetch: typeof fetch;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Waits so many milliseconds by the client's clock; absent where nobody waits, and then what would wait is refused. */
  readonly pause?: (delayMs: number) => Promise<void>;
  /** Where the channel says what happens; no secret belongs there. */
  readonly log: Logger;
}

/** One connection's own records: sealed by core before storage sees them, fenced by the session's lease. */
export interface SealedRecords {
  /** Those that are there, opened. Rejects with `sealed_value_invalid` where one was damaged or moved. */
  get(keys: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /**
   * One transaction; `undefined` deletes. Give a `TimedValue` for what ends by itself: from then on it reads as absent. Rejects with `lease_lost` when another
   * process took over.
   */
  set(changes: ReadonlyMap<string, Uint8Array | TimedValue | undefined>): Promise<void>;
  /** The keys, of those with a prefix only these, in the order of their UTF-8 bytes and page by page. Rejects with `input_invalid` for a cursor of no list. */
  list(page: RecordListRequest): Promise<Page<ListedRecord>>;
  /** Forgets all of them. */
  clear(): Promise<void>;
}

/** What a channel has while it links a number. */
export interface ConnectContext<Settings> extends ChannelContext<Settings> {
  /** Our id that the connection will have. */
  readonly connectionId: string;
  /** The tenant that links it. */
  readonly workspaceId: string;
  /** Its own records; of a number that is paired again they count once it is linked. */
  readonly records: SealedRecords;
  /** Shows a step to whoever waits, in any process. */
  readonly show: (step: LinkStep) => Promise<void>;
  /**
   * Takes the route, before anything is changed at the vendor; rejects with `number_in_use` when another connection has it.
   * Until the connect ends, nobody else connects or disconnects a number of the same account.
   */
  readonly claim: (route: string, account?: string) => Promise<void>;
  /**
   * Keeps what a secret signs with, and the tokens in it that answer a challenge, under the speaker that the connection will have. Called before the vendor is
   * told of an address: it calls there at once. Challenges are answered from now on, and what is signed is believed once the connection is made. An attempt that
   * fails takes both back.
   */
  readonly announce: (speaker: string, secret: unknown) => Promise<void>;
  /** Aborted when the attempt is cancelled; for the session that linking opened also when its lease is lost, once the connection is made. */
  readonly signal: AbortSignal;
  /**
   * How the session that linking opens tells what it hears; absent for a channel without sessions. What it receives is stored once the connection is, and its
   * promise rejects with `linking_cancelled` where that never happens; what it learns and what limits the number are kept then too, and what else it reports
   * before is dropped, since linking has steps for that.
   */
  readonly voice?: SessionVoice;
}

/** What a channel has while it works for one connection. */
export interface ConnectionContext<Settings, Secret> extends ChannelContext<Settings> {
  /** Opened by core for this call only. */
  readonly secret: Secret;
  /** Keeps another secret from now on, sealed. */
  readonly replaceSecret: (next: Secret) => Promise<void>;
  /** How many other connections of the same account, of any workspace, are still in use. */
  readonly siblings: () => Promise<number>;
  /** The connection's own records. */
  readonly records: SealedRecords;
  /** Aborted when the work is to end. */
  readonly signal: AbortSignal;
}
