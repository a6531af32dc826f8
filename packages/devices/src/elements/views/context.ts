import { html, nothing, type TemplateResult } from "lit";
import type { WireConnection } from "../../wire/connection.ts";
import type { WireStep } from "../../wire/link.ts";
import type { WadeskAction } from "../events.ts";
import type { FirstWords } from "../labels/en/first.ts";
import type { Remedy } from "../state/look-of.ts";
import type { TimeWords } from "../state/time-words.ts";

/** What every picture of connections is drawn with. */
export interface ListContext {
  readonly words: FirstWords;
  readonly times: TimeWords;
  /** The server's time. */
  readonly now: number;
  readonly channel: string;
  /** Whether numbers are linked with the phone in the hand. */
  readonly linksPhone: boolean;
  readonly hasPrimary: boolean;
  /** Whether this person may change anything. */
  readonly mayChange: boolean;
  /** Whether nothing answers, so that nothing can be done now. */
  readonly offline: boolean;
  /** The level of a card's heading. */
  readonly level: number;
  /** Whose name is being changed. */
  readonly renaming: string | undefined;
  /** Whose menu is open. */
  readonly menuOf: string | undefined;
  readonly menu: MenuKeys;
  regionName(region: string | undefined): string;
  doing(id: string): WadeskAction | undefined;
  failureOf(id: string): string | undefined;
  stepOf(id: string): WireStep | undefined;
  act(action: CardAction, connection: WireConnection): void;
  copy(text: string): void;
  renamed(connection: WireConnection, label: string | undefined): void;
}

/** What a card's buttons and menu do. */
export type CardAction = Remedy | "menu" | "rename" | "setDefault" | "disconnect" | "remove";

/** How an open menu is gone about in. */
export interface MenuKeys {
  keys(event: KeyboardEvent): void;
  left(event: FocusEvent): void;
}

/** The id of the text that says why nothing can be done. */
export const OFFLINE_ID = "offline-text";

/** The words that a channel has of its own, or those of any. */
export function ofChannel<Word>(words: Readonly<Record<string, Word>> & { readonly other: Word }, channel: string): Word {
  return words[channel] ?? words.other;
}

/** A time, as it reads, with the exact one for programs and for whoever points at it. */
export function time(at: number, text: string): TemplateResult {
  const date = new Date(at);
  return html`<time datetime=${date.toISOString()} title=${date.toLocaleString()}>${text}</time>`;
}

/** A heading of a level that the host chooses; `tag` is what it is where that is the usual one. */
export function levelOf(level: number, usual: number): number | typeof nothing {
  return level === usual ? nothing : level;
}

/** How long ago something was; while nothing answers, the time of day that it was. */
export function ago({ times, offline }: ListContext, at: number): TemplateResult {
  return time(at, offline ? times.clock(at) : times.ago(at));
}
