import { graphError } from "../graph/graph-error.ts";
import { type Fields, isFields } from "../graph/rules.ts";
import { mismatch, unfilled, wrongFormat } from "./fit-refusals.ts";
import { placesOf, requireOneLine } from "./fit-text.ts";

// what has to be filled, whatever the button's text; a quick reply, a catalog and a call may be left as they are
const ALWAYS_FILLED = ["copy_code", "otp", "mpm", "order_details"];
const LONGEST_CODE = 15;

/** Holds the button components of a message to the buttons of the template, by their index. */
export function fitButtons(buttons: readonly Fields[], given: readonly Fields[], part: string): void {
  const at = (index: unknown): string => `${part}: Button at index ${String(index)}`;
  for (const component of given) {
    const button = buttons[Number(component.index)];
    if (!button) throw graphError(132012, { details: `${part}: there is no button at index ${String(component.index)}` });
    const type = lower(button.type);
    if (type === "phone_number") {
      throw graphError(100, {
        message: "(#100) Invalid parameter",
        details: `${at(component.index)} is of type Call and does not support parameters`,
      });
    }
    const sent = lower(component.sub_type);
    if (type !== sent && !(type === "otp" && sent === "url")) throw wrongFormat(at(component.index), type, sent);
    for (const text of textsOf(component)) fitValue(at(component.index), type, text);
  }
  for (const [index, button] of buttons.entries())
    requireFilled(
      button,
      at(index),
      given.find((each) => Number(each.index) === index),
    );
}

function requireFilled(button: Fields, at: string, given: Fields | undefined): void {
  const type = lower(button.type);
  const place = type === "url" && placesOf(String(button.url)).length > 0;
  // seen on a live account: a flow's button has to be named, and needs no parameter
  if (type === "flow" && !given) throw graphError(131009, { details: `${at} of type Flow requires a button component` });
  if ((place || ALWAYS_FILLED.includes(type)) && !given) throw unfilled(`${at} of type ${String(button.type)} requires a parameter`);
  if (type === "url" && !place && given) throw mismatch(at, 1, 0);
}

function fitValue(at: string, type: string, value: string): void {
  requireOneLine(at, value);
  if (type !== "otp" || [...value].length <= LONGEST_CODE) return;
  throw graphError(132018, { details: `${at}: a code has at most ${LONGEST_CODE} characters` });
}

function textsOf({ parameters }: Fields): readonly string[] {
  const list = Array.isArray(parameters) ? parameters.filter(isFields) : [];
  return list.flatMap(({ text }) => (typeof text === "string" ? [text] : []));
}

function lower(value: unknown): string {
  return String(value).toLowerCase();
}
