import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { type Filter, isEverything } from "../state/filter.ts";
import type { ListState, Shown } from "../state/list.ts";
import { bones, emptyList, noMatch, notLoaded } from "./blank.ts";
import { button } from "./button.ts";
import { card } from "./card.ts";
import { type ListContext, OFFLINE_ID, ofChannel } from "./context.ts";
import { filters } from "./filters.ts";
import { glyph } from "./glyphs.ts";
import { row } from "./row.ts";

/** What can be done with the list as a whole. */
export interface ListActions {
  choose(part: keyof Filter, value: string): void;
  search(text: string): void;
  showAll(): void;
  more(): void;
  welcome(): void;
  retry(): void;
  layout(to: "cards" | "list"): void;
}

/** How it is laid out; the tools come where there is more than a page. */
export interface Layout {
  readonly as: "cards" | "list";
  readonly pageSize: number;
  /** The button that adds a number. */
  readonly add: unknown;
}

/** The list of connections, in whichever state it is. */
export function listView(state: ListState, context: ListContext, actions: ListActions, layout: Layout): TemplateResult {
  switch (state.kind) {
    case "loading":
      return bones(context.words.frame.loading);
    case "failed":
      return notLoaded(state.failure.code, context, actions.retry);
    case "shown":
      return state.counts.all === 0 && isEverything(state.filter) ? emptyList(context, layout.add) : shown(state, context, actions, layout);
  }
}

function shown(state: Shown, context: ListContext, actions: ListActions, layout: Layout): TemplateResult {
  const { list } = context.words;
  const one = state.items.length === 0 ? noMatch(state, context, actions.showAll) : items(state, context, layout);
  const waiting = state.waiting.length;
  const inside = html`<div>
    ${state.counts.all > layout.pageSize || state.filter.search !== undefined ? toolbar(state, context, actions, layout) : nothing}
    ${
      waiting > 0
        ? html`<p class="arrived">${list.newOnes(waiting)} ${button({ text: list.show, small: true, press: actions.welcome })}</p>`
        : nothing
    }
    ${one} ${more(state, context, actions, layout)}
  </div>`;
  // the other channels have few numbers, whose states a look tells
  return context.linksPhone ? html`<div class="layout">${filters(state, context, actions.choose)}${inside}</div>` : inside;
}

function items({ items: all, channel }: Shown, context: ListContext, { as }: Layout): TemplateResult {
  const name = ofChannel(context.words.frame.listNames, channel);
  if (as === "list")
    return html`<ul class="rows" part="list" aria-label=${name}>${repeat(
      all,
      ({ id }) => id,
      (each) => row(each, context),
    )}</ul>`;
  return html`<ul class="grid ${context.linksPhone ? "" : "wide"}" part="grid" aria-label=${name}>
    ${repeat(
      all,
      ({ id }) => id,
      (each) => card(each, context),
    )}
  </ul>`;
}

function toolbar({ filter }: Shown, { words }: ListContext, actions: ListActions, { as }: Layout): TemplateResult {
  const { list } = words;
  const choice = (to: Layout["as"], text: string): TemplateResult =>
    html`<button type="button" aria-pressed=${as === to ? "true" : "false"} @click=${() => actions.layout(to)}>${glyph(to)}${text}</button>`;
  return html`<div class="toolbar">
    <div class="search" role="search">
      ${glyph("find")}<input
        class="input"
        type="search"
        autocomplete="off"
        aria-label=${list.search}
        placeholder=${list.search}
        .value=${filter.search ?? ""}
        @input=${(event: Event) => actions.search((event.target as HTMLInputElement).value)}
      />
    </div>
    <div class="seg" role="group" aria-label=${list.layout}>${choice("cards", list.cards)}${choice("list", list.list)}</div>
  </div>`;
}

function more(
  { items: all, next, counts, filter, busy }: Shown,
  { words, offline }: ListContext,
  actions: ListActions,
  { pageSize }: Layout,
): TemplateResult | typeof nothing {
  if (next === undefined) return nothing;
  // of those that a search or a region finds nobody says how many there are
  const total = filter.search === undefined && filter.region === undefined ? counts[filter.state ?? "all"] : undefined;
  return html`<div class="more">
    <span>${total === undefined ? nothing : words.list.showing(all.length, total)}</span>
    ${button({
      text: words.list.showMore(total === undefined ? pageSize : Math.min(pageSize, total - all.length)),
      press: actions.more,
      off: busy || offline,
      ...(offline && { because: OFFLINE_ID }),
    })}
  </div>`;
}
