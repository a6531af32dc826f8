import { graphError } from "../graph/graph-error.ts";
import { type Fields, isFields } from "../graph/rules.ts";
import type { TemplateState, WabaState } from "../state.ts";
import { fitButtons } from "./fit-buttons.ts";
import { unfilled, wrongFormat } from "./fit-refusals.ts";
import { fitHeader, fitText } from "./fit-text.ts";

/** Finds the approved template of a message and holds its parameters to it. Throws 132000, 132001, 132005, 132012, 132015, 132016, 132018, 131008 and 131009. */
export function fitTemplate(waba: WabaState, sent: Fields): TemplateState {
  const name = String(sent.name);
  const language = isFields(sent.language) ? String(sent.language.code) : "";
  const template = waba.templates.find((each) => each.name === name && each.language === language);
  if (template?.status === "PAUSED") throw graphError(132015, { details: `template (${name}) is paused and cannot be sent` });
  if (template?.status === "DISABLED") throw graphError(132016, { details: `template (${name}) is disabled` });
  if (template?.status !== "APPROVED") throw graphError(132001, { details: `template name (${name}) does not exist in ${language}` });
  const given = listOf(sent.components);
  fitParts(template.components, given, "");
  fitOffer(find(template.components, "limited_time_offer"), find(given, "limited_time_offer"));
  fitCarousel(find(template.components, "carousel"), find(given, "carousel"));
  return template;
}

/** Header, body and buttons, of a template or of one card. */
function fitParts(approved: readonly Fields[], given: readonly Fields[], prefix: string): void {
  const body = find(approved, "body");
  fitHeader(find(approved, "header"), parametersOf(find(given, "header")), `${prefix}header`);
  fitText(`${prefix}body`, bodyText(body), parametersOf(find(given, "body")));
  const buttons = listOf(find(approved, "buttons")?.buttons);
  fitButtons(
    buttons,
    given.filter((each) => lower(each.type) === "button"),
    `${prefix}buttons`,
  );
}

// Meta writes the text of an authentication template itself, around the code
function bodyText(body: Fields | undefined): string {
  if (typeof body?.text === "string") return body.text;
  return body?.add_security_recommendation === undefined ? "" : "{{1}}";
}

function fitOffer(approved: Fields | undefined, given: Fields | undefined): void {
  if (given && !approved) throw wrongFormat("limited_time_offer", "none", "limited_time_offer");
  const expires = isFields(approved?.limited_time_offer) && approved.limited_time_offer.has_expiration === true;
  if (expires && parametersOf(given).length === 0) throw unfilled("limited_time_offer: expiration_time_ms is required");
}

function fitCarousel(approved: Fields | undefined, given: Fields | undefined): void {
  if (given && !approved) throw wrongFormat("carousel", "none", "carousel");
  if (!approved) return;
  const wanted = listOf(approved.cards);
  if (!given) throw unfilled(`carousel: the template has ${wanted.length} cards, and none is filled`);
  const cards = listOf(given.cards);
  if (cards.length !== wanted.length) {
    throw graphError(132012, { details: `carousel: the template has ${wanted.length} cards, the message ${cards.length}` });
  }
  for (const [index, card] of wanted.entries()) {
    const filled = cards.find(({ card_index }) => Number(card_index) === index);
    if (!filled) throw unfilled(`carousel: card ${index} is not filled`);
    fitParts(listOf(card.components), listOf(filled.components), `carousel card ${index}: `);
  }
}

function find(components: readonly Fields[], type: string): Fields | undefined {
  return components.find((each) => lower(each.type) === type);
}

function parametersOf(component: Fields | undefined): readonly Fields[] {
  return listOf(component?.parameters);
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

function lower(value: unknown): string {
  return String(value).toLowerCase();
}
