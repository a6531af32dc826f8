import { html, nothing, type TemplateResult } from "lit";
import type { WireConnection } from "../../wire/connection.ts";
import { lookOf, whyOf } from "../state/look-of.ts";
import { cardName } from "./card-name.ts";
import { badge, chip } from "./chip.ts";
import { ago, type ListContext } from "./context.ts";
import { menu } from "./menu.ts";

/** One connection, as a line of many. */
export function row(connection: WireConnection, context: ListContext): TemplateResult {
  const { id, region, primary } = connection;
  return html`<li class="row" part="row" data-id=${id} data-state=${connection.status.state}>
    <div class="row-id">${cardName(connection, context)}</div>
    <span class="meta region">${region === undefined ? nothing : context.regionName(region)}</span>
    <div class="chip-cell">${state(connection, context)}${primary ? badge(context.words.list.primary) : nothing}</div>
    ${menu(connection, context)}
  </li>`;
}

function state(connection: WireConnection, context: ListContext): TemplateResult {
  const { status, lastSeenAt } = connection;
  const { words, linksPhone } = context;
  const look = lookOf(connection, linksPhone);
  const first = chip(look.tone, words.states.chips[look.chip], status.state);
  if (status.restriction !== undefined) return html`${first}${chip("wait", words.states.chips.restricted)}`;
  const why = status.state === "failed" || status.state === "disconnected" ? firstSentence(whyOf(connection, words.states)) : undefined;
  const at = status.state === "connected" ? lastSeenAt : status.since;
  return html`${first}${why === undefined ? (at === undefined ? nothing : html`<span class="meta">${ago(context, at)}</span>`) : html`<span class="meta">${why}</span>`}`;
}

// a line has room for what is so; what to do stands in the card
function firstSentence(text: string | undefined): string | undefined {
  return text?.split(/(?<=[.!?])\s/)[0]?.replace(/\.$/, "");
}
