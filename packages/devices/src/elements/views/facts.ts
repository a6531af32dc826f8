import { html, nothing, type TemplateResult } from "lit";
import type { WireConnection } from "../../wire/connection.ts";
import { iconButton } from "./button.ts";
import type { FirstWords } from "../labels/en/first.ts";
import type { ListContext } from "./context.ts";

type Facts = NonNullable<WireConnection["facts"]>;

const BARS = { high: ["n3", "g-ok"], medium: ["n2", "g-wait"], low: ["n1", "g-bad"] } as const;

/** What a channel knows of a number, in our words and never in the vendor's; nothing where it knows nothing. */
export function facts(connection: WireConnection, context: ListContext): TemplateResult | undefined {
  const { facts: known = {}, label } = connection;
  const given = known.given ?? {};
  const hasIds = Object.keys(given).some((name) => name in context.words.list.ids);
  const rows = rowsOf(known, context, hasIds);
  if (rows.length === 0) return undefined;
  const copied = (what: string, value: string): TemplateResult =>
    iconButton("copy", context.words.frame.copyName(`${what}: ${label}`), () => context.copy(value));
  return html`<dl class="facts" part="facts">${rows.map(([name, value]) => pair(name, value))}</dl>
    ${hasIds ? ids(given, context.words, copied) : nothing}`;
}

/** By what a number is found at its vendor, with what stands beside each. */
export function ids(
  given: Readonly<Record<string, string>>,
  { list }: Pick<FirstWords, "list">,
  beside?: (what: string, value: string) => TemplateResult,
): TemplateResult {
  const shown = Object.entries(list.ids).filter(([name]) => name in given);
  return html`<dl class="ids">${shown.map(([name, what]) => pair(what, html`<span class="mono">${given[name]}</span>${beside?.(what, given[name] ?? "")}`))}</dl>`;
}

/** A name and its value, of a list of them. */
export function pair(name: unknown, value: unknown): TemplateResult {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
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
