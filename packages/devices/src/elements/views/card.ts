import { html, nothing, type TemplateResult } from "lit";
import type { WireConnection } from "../../wire/connection.ts";
import { lookOf, whyOf } from "../state/look-of.ts";
import { button } from "./button.ts";
import { cardName } from "./card-name.ts";
import { badge, chip } from "./chip.ts";
import { ago, type ListContext, OFFLINE_ID, time } from "./context.ts";
import { facts } from "./facts.ts";
import { type Glyph, glyph } from "./glyphs.ts";
import { menu } from "./menu.ts";
import { partOf } from "./part-of.ts";

const TILES: Readonly<Record<string, Glyph>> = { unofficial: "phone", "cloud-api": "channel-cloud", twilio: "channel-relay" };

/** The picture of a connection's channel. */
export function tile(channel: string): TemplateResult {
  return html`<span class="tile">${glyph(TILES[channel] ?? "channel-relay")}</span>`;
}

/** One connection, as a card. */
export function card(connection: WireConnection, context: ListContext): TemplateResult {
  const { id, channel, primary } = connection;
  const own = facts(connection, context);
  return html`<li class="card" part="card" data-id=${id} data-state=${connection.status.state}>
    <div class="card-head">
      ${tile(channel)}
      <div class="card-id">${cardName(connection, context)}</div>
      ${primary && own ? badge(context.words.list.primary) : nothing} ${menu(connection, context)}
    </div>
    <p class="state">${standing(connection, context)}</p>
    ${own ?? nothing} ${why(connection, context)} ${progress(connection, context)} ${failed(connection, context)} ${foot(connection, context, own !== undefined)}
  </li>`;
}

/** A connection's state, and since when or why. */
export function standing(connection: WireConnection, context: ListContext): unknown {
  const { status, lastSeenAt, warnings } = connection;
  const { words, linksPhone, times } = context;
  const { tone, chip: word } = lookOf(connection, linksPhone);
  const first = chip(tone, words.states.chips[word], status.state);
  if (status.restriction !== undefined) return html`${first}${chip("wait", words.states.chips.restricted)}`;
  const ends = warnings.find(({ code }) => code === "token_expires")?.values?.at;
  if (ends !== undefined) return html`${first}${chip("wait", words.list.tokenExpiresIn(times.until(Number(ends))))}`;
  if (status.state === "pending" && status.reason === "syncing") return html`${first}<span>${words.states.reasons.syncing}</span>`;
  const seen = status.state === "connected" || status.reason === "silent" ? lastSeenAt : undefined;
  const [before, at] = seen === undefined ? [words.list.since, status.since] : [linksPhone ? words.list.seen : words.list.checked, seen];
  return html`${first}<span>${before} ${ago(context, at)}</span>`;
}

function why(connection: WireConnection, { words, times }: ListContext): TemplateResult | typeof nothing {
  const { status, warnings } = connection;
  if (status.restriction !== undefined) {
    const { until } = status.restriction;
    return html`<p class="why">${words.states.restricted(until === undefined ? undefined : times.moment(until))}</p>`;
  }
  const reason = status.reason === "syncing" ? undefined : whyOf(connection, words.states);
  if (reason !== undefined) return html`<p class="why">${reason}</p>`;
  const warned = (code: string) => warnings.find((each) => each.code === code);
  const unseen = warned("phone_unseen") ?? warned("phone_overdue");
  if (unseen?.values?.by !== undefined) return marked("clock", words.states.phoneUnseen(times.day(Number(unseen.values.by))));
  if (warned("token_expires") !== undefined) return marked("warn", words.states.tokenEnds);
  if (warned("quality_low") !== undefined) return marked("warn", words.states.qualityLow);
  const [other] = warnings;
  return other === undefined ? nothing : marked("warn", other.text);
}

function marked(drawn: Glyph, text: string): TemplateResult {
  return html`<p class="why mark">${glyph(drawn, "g-wait")}<span>${text}</span></p>`;
}

function progress({ id, label, status }: WireConnection, { words, stepOf }: ListContext): TemplateResult | typeof nothing {
  if (status.state !== "pending" || status.reason !== "syncing") return nothing;
  const step = stepOf(id);
  const percent = step?.type === "step" ? step.percent : undefined;
  return html`<div
    class="meter sync ${percent === undefined ? "unknown" : ""}"
    role="progressbar"
    aria-label=${words.list.named(words.states.reasons.syncing, label)}
    aria-valuenow=${percent ?? nothing}
    aria-valuemin="0"
    aria-valuemax="100"
    ${partOf(percent ?? 40)}
  ><i></i></div>`;
}

function failed({ id }: WireConnection, { failureOf }: ListContext): TemplateResult | typeof nothing {
  const failure = failureOf(id);
  return failure === undefined ? nothing : html`<p class="why mark bad">${glyph("warn", "g-bad")}<span>${failure}</span></p>`;
}

function foot(connection: WireConnection, context: ListContext, hasFacts: boolean): TemplateResult {
  const { region, connectedAt, primary, status, warnings } = connection;
  const { words, times, mayChange, linksPhone, hasPrimary } = context;
  const isConnected = status.state === "connected";
  const since = isConnected && connectedAt !== undefined ? time(connectedAt, times.date(connectedAt)) : undefined;
  const place = region === undefined ? undefined : context.regionName(region);
  const linked =
    since &&
    html`<span>${place && linksPhone ? html`${place} · ` : nothing}${linksPhone ? words.list.linked("") : words.list.connectedSince("")}${since}</span>`;
  const replace = warnings.some(({ code }) => code === "token_expires" || code === "token_expired");
  const remedy = isConnected && replace ? "replaceToken" : lookOf(connection, linksPhone).remedy;
  const mayBeDefault = mayChange && hasPrimary && !primary && isConnected && hasFacts;
  return html`<div class="card-foot">
    ${mayBeDefault ? action("setDefault", words.list.setDefault, connection, context) : (linked ?? html`<span>${place ?? nothing}</span>`)}
    ${primary && !hasFacts ? badge(words.list.primary) : nothing}
    ${mayChange && remedy !== undefined ? action(remedy, words.states.remedies[remedy], connection, context) : nothing}
  </div>`;
}

function action(what: Parameters<ListContext["act"]>[0], text: string, connection: WireConnection, context: ListContext): TemplateResult {
  const busy = context.doing(connection.id) === "check" && what === "checkNow";
  return button({
    text: busy ? context.words.list.checking : text,
    name: context.words.list.named(busy ? context.words.list.checking : text, connection.label),
    small: true,
    look: what === "reconnect" || what === "replaceToken" ? "primary" : "plain",
    off: context.offline || busy,
    ...(context.offline && { because: OFFLINE_ID }),
    press: () => context.act(what, connection),
  });
}
