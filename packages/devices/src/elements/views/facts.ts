import { html, type TemplateResult } from "lit";
import type { WireConnection } from "../../wire/connection.ts";
import type { ListContext } from "./context.ts";

type Facts = NonNullable<WireConnection["facts"]>;

const BARS = { high: ["n3", "g-ok"], medium: ["n2", "g-wait"], low: ["n1", "g-bad"] } as const;

/** What a channel knows of a number, in our words and never in the vendor's; nothing where it knows nothing. */
export function facts(connection: WireConnection, context: ListContext): TemplateResult | undefined {
  const rows = rowsOf(connection.facts ?? {}, context);
  if (rows.length === 0) return undefined;
  return html`<dl class="facts" part="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function rowsOf(
  { quality, messagingLimit, tokenExpiresAt, mode, account, accountOrigin }: Facts,
  { words, times, now }: ListContext,
): readonly (readonly [string, unknown])[] {
  const { list } = words;
  const rows: (readonly [string, unknown])[] = [];
  if (quality !== undefined) rows.push([list.quality, qualityOf(quality, list.qualities[quality])]);
  if (messagingLimit === "unlimited") rows.push([list.limit, list.limitNone]);
  else if (messagingLimit !== undefined) rows.push([list.limit, html`${list.people(messagingLimit)} <small>${list.limitUnit}</small>`]);
  if (tokenExpiresAt === "never") rows.push([list.token, list.tokenNever]);
  else if (tokenExpiresAt !== undefined)
    rows.push([list.token, tokenExpiresAt <= now ? list.tokenExpired : list.tokenUntil(times.moment(tokenExpiresAt))]);
  if (mode !== undefined) rows.push([list.mode, list.modes[mode]]);
  if (account !== undefined) rows.push([list.account, html`<span class="mono">${account}</span>`]);
  if (accountOrigin !== undefined) rows.push([list.accountOrigin, list.accountOrigins[accountOrigin]]);
  return rows;
}

function qualityOf(quality: NonNullable<Facts["quality"]>, word: string): TemplateResult {
  if (quality === "unrated") return html`<span class="faint">${word}</span>`;
  const [bars, tone] = BARS[quality];
  return html`<span class="bars ${bars} ${tone}" aria-hidden="true"><i></i><i></i><i></i></span>${word}`;
}
