import { html, nothing, type TemplateResult } from "lit";
import type { WireConnection } from "../../wire/connection.ts";
import type { Filter } from "../state/filter.ts";
import type { Shown } from "../state/list.ts";
import type { Tone } from "../state/look-of.ts";
import { stateGlyph } from "./chip.ts";
import type { ListContext } from "./context.ts";
import { select } from "./select.ts";

/** More regions than this are a list to choose from. */
const MOST_REGIONS = 6;

const STATES = [
  ["connected", "ok", "connected"],
  ["disconnected", "off", "disconnected"],
  ["pending", "wait", "repair"],
  ["failed", "bad", "failed"],
] as const satisfies readonly (readonly [WireConnection["status"]["state"], Tone, keyof ListContext["words"]["states"]["chips"]])[];

/** Filters by state and region, with how many there are of each. */
export function filters(
  { counts, regions, filter }: Shown,
  context: ListContext,
  choose: (part: keyof Filter, value: string) => void,
): TemplateResult {
  const { list, states } = context.words;
  const radio = (part: "state" | "region", value: string, text: unknown, count: number, shape: unknown = nothing): TemplateResult =>
    html`<label class="radio"
      ><input type="radio" name=${part} value=${value} .checked=${(filter[part] ?? "") === value} @change=${() => choose(part, value)} />${shape}${text}
      <span class="count">${list.people(count)}</span></label
    >`;
  return html`<form class="filters" part="filters" aria-label=${list.filters} @submit=${(event: Event) => event.preventDefault()}>
    <fieldset class="filter-group">
      <legend>${list.status}</legend>
      <div class="filter-list">
        ${radio("state", "", list.all, counts.all)}
        ${STATES.map(([state, tone, word]) => radio("state", state, states.chips[word], counts[state], stateGlyph(tone)))}
      </div>
    </fieldset>
    ${
      regions.length > MOST_REGIONS
        ? regionList(regions, context, filter.region, (value) => choose("region", value))
        : html`<fieldset class="filter-group">
          <legend>${list.region}</legend>
          <div class="filter-list">
            ${radio("region", "", list.allRegions, counts.all)}
            ${regions.map(({ region, count }) => radio("region", region, context.regionName(region), count))}
          </div>
        </fieldset>`
    }
  </form>`;
}

function regionList(
  regions: Shown["regions"],
  { words, regionName }: ListContext,
  chosen: string | undefined,
  choose: (region: string) => void,
): TemplateResult {
  return html`<div class="field">
    <label class="hint" for="region">${words.list.region}</label>
    ${select(
      "region",
      [
        ["", words.list.allOfRegions(regions.length)],
        ...regions.map(({ region, count }) => [region, `${regionName(region)} (${words.list.people(count)})`] as const),
      ],
      chosen ?? "",
      choose,
    )}
  </div>`;
}
