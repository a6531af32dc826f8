import { html, nothing, type TemplateResult } from "lit";
import type { Banner } from "../state/banners.ts";
import type { Standing } from "../state/standing.ts";
import { button, iconButton } from "./button.ts";
import { type ListContext, OFFLINE_ID } from "./context.ts";
import { type Note, note } from "./note.ts";

/** What the banners are drawn with. */
export interface BannerContext {
  readonly list: ListContext;
  readonly standing: Standing;
  readonly all: boolean;
  /** Why the newest reading failed, where cards still stand. */
  readonly failure: string | undefined;
  showAll(): void;
  show(id: string): void;
  hide(id: string): void;
  retry(): void;
}

const SHOWN = 3;

/** What holds for the whole screen and what is wrong with numbers, worst first; three, and then as many as are wanted. */
export function banners(found: readonly Banner[], context: BannerContext): TemplateResult {
  const first = standingNotes(context);
  const room = context.all ? found.length : Math.max(0, SHOWN - first.length);
  const rest = found.length - room;
  const notes = [...first, ...found.slice(0, room).map((banner) => note(noteOf(banner, context)))];
  return html`<div class="notes" part="banners" ?hidden=${notes.length === 0 && rest <= 0}>
      ${notes}
      ${rest > 0 ? html`<div>${button({ text: context.list.words.list.moreWarnings(rest), small: true, look: "quiet", press: context.showAll })}</div>` : nothing}
    </div>
    <slot name="banner"></slot>`;
}

function standingNotes({ list, standing, failure, retry }: BannerContext): readonly TemplateResult[] {
  const { frame } = list.words;
  const part = "banner";
  const notes: Note[] = [];
  if (standing.kind === "offline")
    notes.push({
      glyph: "offline",
      title: frame.offlineTitle,
      text: frame.offlineText(list.times.clock(standing.since)),
      role: "status",
      part,
      textId: OFFLINE_ID,
    });
  if (standing.kind === "signed-out")
    notes.push({ tone: "wait", glyph: "lock", title: frame.signedOutTitle, text: frame.signedOutText, role: "alert", part });
  if (standing.kind === "interrupted")
    notes.push({ glyph: "ring", title: frame.interruptedTitle, text: frame.interruptedText, role: "status", part });
  if (failure !== undefined && standing.kind !== "offline" && standing.kind !== "signed-out")
    notes.push({
      tone: "bad",
      glyph: "warn",
      title: frame.failedTitle,
      text: html`${frame.failedText} <span class="mono">${failure}</span>.`,
      role: "alert",
      part,
      actions: button({ text: frame.tryAgain, small: true, press: retry }),
    });
  return notes.map(note);
}

function noteOf({ warning, connection, until, seenAt }: Banner, { list, show, hide }: BannerContext): Note {
  const { words, times, now } = list;
  const { banners: text } = words.states;
  const { id, label, phone = label } = connection;
  const bad = warning === "banned" || warning === "blocked" || warning === "locked";
  const showIt = button({
    text: words.list.showDevice,
    name: words.list.named(words.list.showDevice, label),
    small: true,
    press: () => show(id),
  });
  const own = {
    banned: { glyph: "stop", title: text.banned(label), text: text.bannedText(phone) },
    blocked: { glyph: "clock", title: text.blocked(label), text: text.blockedText },
    locked: { glyph: "lock", title: text.locked(label), text: text.lockedText },
    restricted: {
      glyph: "warn",
      title: text.restricted(label, until === undefined ? undefined : times.moment(until)),
      text: text.restrictedText,
    },
    unseen: {
      glyph: "phone",
      title: text.unseen(label, times.day(until ?? now)),
      text: text.unseenText(Math.floor((now - (seenAt ?? now)) / 86_400_000)),
    },
  } as const satisfies Readonly<Record<Banner["warning"], Note>>;
  return {
    ...own[warning],
    tone: bad ? "bad" : "wait",
    role: "group",
    name: own[warning].title,
    part: "banner",
    actions: warning === "unseen" ? html`${showIt}${iconButton("cross", words.list.hideForDay, () => hide(id))}` : showIt,
  };
}
