import type { Notice } from "../errors/notice.ts";
import type { Connection, ConnectionFacts } from "../model/connection.ts";
import type { OutboundKind } from "../model/content.ts";
import type { EventType } from "../model/event.ts";
import type { ReasonSentences } from "../status/reason-table.ts";
import type { ConnectContext } from "./context.ts";
import type { MakeLine } from "./line.ts";
import type { ChannelFiles } from "./media.ts";
import type { NumberRule } from "./number-rule.ts";
import type { ChannelOperations } from "./operations.ts";
import type { Schema } from "./schemas/schema.ts";
import type { ChannelSession, OpenSession } from "./session.ts";
import type { SettingsProbe } from "./settings/probe.ts";
import type { SettingsGroups } from "./settings/settings-groups.ts";
import type { ChannelSignup } from "./signup.ts";
import type { WebhookSource } from "./webhook-source.ts";

/** What a channel knows of a number once it is linked. */
export interface Connected<Details, Secret> {
  /** Globally unique, beginning with the channel's kind: `cloud-api:<phone number id>`. */
  readonly route: string;
  /** Begins with the channel's kind too: `cloud-api:<WABA id>`. */
  readonly account?: string;
  /** Whose secret signs this number's webhooks; begins with the channel's kind: `cloud-api:app:<App ID>`. */
  readonly speaker?: string;
  /** E.164 with the plus. */
  readonly phone?: string;
  /** What the channel tells about the number. */
  readonly details: Details;
  /** What a card shows of it. */
  readonly facts?: ConnectionFacts;
  /** Plain JSON. Sealed by core before it is stored. */
  readonly secret: Secret;
  /** What people know the number by where nobody names it. */
  readonly defaultLabel?: string;
  /** What the person should know though it works. A token that ends and a low quality are told by `facts`, and warned of by core. */
  readonly warnings?: readonly Notice[];
  /** The session that linking opened, where the channel has sessions; core keeps it, and opens no second one. */
  readonly session?: OpenSession<Details>;
  /** The number was linked before, by somebody else's program: an attempt that fails after all closes the session and undoes nothing at the vendor. */
  readonly linkedBefore?: true;
}

/** A channel's platform-wide settings: constructor options, over which the admin's stored values count. */
export interface ChannelSettings<Settings> {
  /** Checks one admin's change, given as a partial object. */
  readonly schema: Schema<Partial<Settings>>;
  /** The constructor's options, which count where nothing is stored. */
  readonly defaults: Settings;
  /** The fields that hold secrets. Each is an array of strings in `Settings`: several count during a rotation. */
  readonly secrets: readonly (keyof Settings & string)[];
  /**
   * For a field of secrets, the plain field that names what they are secrets of: an app's id, an account's. A secret is kept with the name that stood
   * there when it was added, and counts for that one alone.
   */
  readonly secretsBelongTo?: { readonly [Field in keyof Settings & string]?: keyof Settings & string };
  /** The fields that hold groups by name, and what stands in each; the schema above knows nothing of them. */
  readonly groups?: Partial<SettingsGroups<Settings>>;
  /** How what is set is tried; absent where nothing can be. */
  readonly probe?: SettingsProbe<Settings>;
  /** What is missing for this channel to work at `now` (milliseconds since the epoch), one sentence each with its remedy; logged at start. */
  readonly missing?: (settings: Settings, now: number) => readonly string[];
}

/** What content may have beside its words, and would mean something else without: it is refused where it is not known. */
export type ContentExtra = "mentions" | "viewOnce";

/** A way to reach WhatsApp. Plain object; what a channel cannot do is absent. */
export interface Channel<Kind extends string, Input, Details, Secret, Settings> {
  readonly spec: "v1";
  /** Its name, in small letters and hyphens; `connect` and events use it. */
  readonly kind: Kind;
  /** What `connect` takes. */
  readonly input: Schema<Input>;
  /** What an admin sets of it for the whole platform. */
  readonly settings: ChannelSettings<Settings>;
  /** The kinds of content it can send. */
  readonly content: ReadonlySet<OutboundKind>;
  /** The kinds that it sends as text, with numbers to answer by, where the message has `fallback: "text"`; absent where there are none. */
  readonly fallbacks?: ReadonlySet<OutboundKind>;
  /** What its messages can have that not every vendor knows; absent where that is nothing. */
  readonly extras?: ReadonlySet<ContentExtra>;
  /** Present where messages go to groups too, and its lines have `groups`. */
  readonly groups?: true;
  /** Present where its lines have `media`. */
  readonly files?: ChannelFiles;
  /** The event types that it adds to the model's by declaration merging; `process` and `on` know no others. */
  readonly events?: readonly EventType[];
  /** How many connections a workspace may have; absent means any number. */
  readonly maxPerWorkspace?: number;
  /** Which of a workspace's numbers a message goes out from that names none; absent where that is the primary one. */
  readonly numbers?: NumberRule;
  /** Whether a reconnect may bring another number, as when a sandbox gives way to a real sender; absent means never. */
  readonly movable?: true;
  /**
   * Whether a connection may still have its number under the admin's settings as they now are; absent where it borrows nothing of the admin's.
   * One that may not hears nothing more, and its number is free for whoever may.
   */
  entitled?(connection: Connection<Details>, settings: Settings): boolean;
  /** The numbers, E.164 with the plus, that a workspace may connect with the admin's credentials; absent where nothing of the admin's is lent. */
  lent?(settings: Settings, workspaceId: string): readonly string[];
  /** How long a connection may stay silent and count as connected, in milliseconds; absent where the vendor never reports in. */
  readonly silenceLimitMs?: number;
  /**
   * How long the phone behind a connection may stay unopened before its link is dropped, in milliseconds; absent where no phone matters. Core warns of it
   * by `facts.phoneSeenAt`, from four days before.
   */
  readonly phoneLimitMs?: number;
  /** Its own words for reasons where core's say too little, in the manner of `ERROR_TABLE`; what can be done next stays core's. */
  readonly sentences?: ReasonSentences;
  /**
   * Checks with the vendor first; nothing remains of a first connect that fails. Also serves `reconnect`, with the same input:
   * core refuses it when the route differs from the connection's own, unless the channel is `movable`.
   */
  connect(input: Input, context: ConnectContext<Settings>): Promise<Connected<Details, Secret>>;
  /** Where a vendor is asked for each thing. A channel has this or `session`. */
  readonly line?: MakeLine<Details, Secret, Settings>;
  /** Where a number needs something that stays open; core opens it while it holds the session's lease, and closes it when the lease goes. */
  readonly session?: ChannelSession<Details, Secret, Settings>;
  /** How its vendor calls in; absent where none does. */
  readonly webhook?: WebhookSource<Settings>;
  /** A dialog of the vendor's by which numbers are connected. */
  readonly signup?: ChannelSignup<Input, Settings>;
  /** What can be done with its connections beyond what every channel can, by name; `workspace.operations` offers it. For a channel with a `line`. */
  readonly operations?: ChannelOperations;
}

/** A channel whose vendor is asked for each thing. */
export interface RequestChannel<Kind extends string, Input, Details, Secret, Settings>
  extends Channel<Kind, Input, Details, Secret, Settings> {
  /** Makes what can be done with one number. */
  readonly line: MakeLine<Details, Secret, Settings>;
}

/** A channel whose numbers need something that stays open. */
export interface SessionChannel<Kind extends string, Input, Details, Secret, Settings>
  extends Channel<Kind, Input, Details, Secret, Settings> {
  /** How its sessions are opened. */
  readonly session: ChannelSession<Details, Secret, Settings>;
}

/** A channel of whichever kind. */
// biome-ignore lint/suspicious/noExplicitAny: the one place where differently typed channels stand in one list
export type AnyChannel = Channel<string, any, any, any, any>;

/** The channel of a kind among a list. */
export type ChannelOf<List extends AnyChannel, Kind> = Extract<List, { readonly kind: Kind }>;

/** What `connect` takes on a channel. */
export type InputOf<Each> = Each extends Channel<string, infer Input, infer _Details, infer _Secret, infer _Settings> ? Input : never;

/** What a channel tells about a connection. */
export type DetailsOf<Each> = Each extends Channel<string, infer _Input, infer Details, infer _Secret, infer _Settings> ? Details : never;

/** A channel's settings. */
export type SettingsOf<Each> = Each extends Channel<string, infer _Input, infer _Details, infer _Secret, infer Settings> ? Settings : never;
