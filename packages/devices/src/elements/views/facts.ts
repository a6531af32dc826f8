import { html, nothing, type TemplateResult } from "lit";
import type { WireConnection } from "../../wire/connection.ts";
import { iconButton } from "./button.ts";
import type { ListContext } from "./context.ts";

type Facts = NonNullable<WireConnection["facts"]>;

const BARS = { high: ["n3", "g-ok"], medium: ["n2", "g-wait"], low: ["n1", "g-bad"] } as const;

/** What a channel knows of a number, in our words and never in the vendor's; nothing where it knows nothing. */
export function facts(connection: WireConnection, context: ListContext): TemplateResult | undefined {
  const { facts: known = {}, label } = connection;
  const { ids } = context.words.list;
  const given = Object.entries(known.given ?? {}).filter(([name]) => name in ids);
  const rows = rowsOf(known, context, given.length > 0);
  if (rows.length === 0) return undefined;
  return html`<dl class="facts" part="facts">${rows.map(([name, value]) => pair(name, value))}</dl>
    ${given.length === 0 ? nothing : html`<dl class="ids">${given.map(([name, value]) => pair(ids[name], idOf(value, context.words.frame.copyName(`${ids[name]}: ${label}`), context)))}</dl>`}`;
}

function pair(name: unknown, value: unknown): TemplateResult {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function idOf(value: string, name: string, { copy }: ListContext): TemplateResult {
  return html`<span class="mono">${value}</span>${iconButton("copy", name, () => copy(value))}`;
}

function rowsOf(
  { quality, messagingLimit, tokenExpiresAt, mode, account, accountOrigin }: Facts,
  { words, times, now }: ListContext,
  hasIds: boolean,
): readonly (readonly [string, unknown])[] {
  const { list } = words;
  const rows: (readonly [string, unknown])[] = [];
  if (quality !== undefined) rows.push([list.quality, qualityOf(quality, list.qualities[quality])]);
  if (messagingLimit === "unlimited") rows.push([list.limit, list.limitNone]);
  else if (messagingLimit !== undefined) rows.push([list.limit, html`${list.people(messagingLimit)} <small>${list.limitUnit}</small>`]);
  if (tokenExpiresAt === "never") rows.push([list.token, list.tokenNever]);
  else if (tokenExpiresAt !== undefined)
    rows.push([list.token, tokenExpiresAt <= now ? list.tokenExpired : list.tokenUntil(times.moment(tokenExpiresAt))]);
  // whoever reads the account's own ids needs no mask of it, and looks for what is not as usual
  if (mode !== undefined && !(hasIds && mode === "live")) rows.push([list.mode, list.modes[mode]]);
  if (hasIds) return rows;
  if (account !== undefined) rows.push([list.account, html`<span class="mono">${account}</span>`]);
  if (accountOrigin !== undefined) rows.push([list.accountOrigin, list.accountOrigins[accountOrigin]]);
  return rows;
}

function qualityOf(quality: NonNullable<Facts["quality"]>, word: string): TemplateResult {
  if (quality === "unrated") return html`<span class="faint">${word}</span>`;
  const [bars, tone] = BARS[quality];
  return html`<span class="bars ${bars} ${tone}" aria-hidden="true"><i></i><i></i><i></i></span>${word}`;
}
