import { html, nothing, type TemplateResult } from "lit";
import type { Shown } from "../state/list.ts";
import { cloudArt, phonesArt } from "./art.ts";
import { button } from "./button.ts";
import { type ListContext, levelOf, ofChannel } from "./context.ts";
import { glyph } from "./glyphs.ts";

/** Where a workspace has no number yet. */
export function emptyList({ words, linksPhone, channel, mayChange, level }: ListContext, add: unknown): TemplateResult {
  const { emptyTitle, emptyText, emptyForMembers } = words.list;
  return html`<slot name="empty"><div class="blank" part="empty">
    ${linksPhone ? phonesArt() : cloudArt()}
    <h3 aria-level=${levelOf(level, 3)}>${linksPhone ? emptyTitle.unofficial : emptyTitle.other}</h3>
    <p>${ofChannel(emptyText, channel)}${mayChange ? nothing : html` ${emptyForMembers}`}</p>
    ${mayChange ? html`<div class="actions">${add}</div>` : nothing}
  </div></slot>`;
}

/** Where none is as the filter wants it. */
export function noMatch({ filter }: Shown, { words, regionName, level }: ListContext, showAll: () => void): TemplateResult {
  const { nothing: none, nothingFound, nothingText, showAll: all } = words.list;
  const region = filter.region === undefined ? undefined : regionName(filter.region);
  return html`<div class="blank">
    <h3 aria-level=${levelOf(level, 3)}>${filter.search === undefined ? none(filter.state, region) : nothingFound(filter.search)}</h3>
    <p>${nothingText}</p>
    <div class="actions">${button({ text: all, press: showAll })}</div>
  </div>`;
}

/** Where the list could not be loaded. */
export function notLoaded(code: string, { words, level }: Pick<ListContext, "words" | "level">, retry: () => void): TemplateResult {
  const { failedTitle, failedText, tryAgain, signedOutTitle, signedOutText } = words.frame;
  const signedOut = code === "not_authorized";
  return html`<div class="blank" role="alert">
    <span class="big ${signedOut ? "wait" : "bad"}">${glyph(signedOut ? "lock" : "warn")}</span>
    <h3 aria-level=${levelOf(level, 3)}>${signedOut ? signedOutTitle : failedTitle}</h3>
    <p>${signedOut ? signedOutText : html`${failedText} <span class="mono">${code}</span>.`}</p>
    <div class="actions">${button({ text: tryAgain, glyph: "again", press: retry })}</div>
  </div>`;
}

/** Before the first answer. */
export function bones(text: string): TemplateResult {
  const lines = (first: string, second: string): TemplateResult => html`<div class="card">
    <div class="card-head"><span class="tile"></span><div class="card-id form"><div class="bone ${first}"></div><div class="bone ${second}"></div></div></div>
    <div class="bone pill"></div>
    <div class="bone ${second}"></div>
  </div>`;
  return html`<p class="sr" role="status">${text}</p>
    <div class="layout late" aria-hidden="true">
      <div class="filters bones"><div class="filter-group"><div class="filter-list">
        <div class="bone w60"></div><div class="bone w40"></div><div class="bone w60"></div>
      </div></div></div>
      <div class="grid bones">${lines("w40", "w60")}${lines("w60", "w40")}${lines("w40", "w60")}</div>
    </div>`;
}
