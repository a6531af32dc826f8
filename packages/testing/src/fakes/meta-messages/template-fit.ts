import type { TemplateState, WabaState } from "../meta/state.ts";
import { graphError } from "../meta-graph/graph-error.ts";
import { type Fields, isFields } from "../meta-graph/rules.ts";

const SUPPLIED = ["image", "video", "document", "location"];
const LONGEST_BODY = 32_768;

/** Finds the approved template of a message and holds its parameters to it. Throws 132000, 132001, 132005, 132012, 132015, 132016, 132018 and 131008. */
export function fitTemplate(waba: WabaState, sent: Fields): TemplateState {
  const name = String(sent.name);
  const language = isFields(sent.language) ? String(sent.language.code) : "";
  const template = waba.templates.find((each) => each.name === name && each.language === language);
  if (template?.status === "PAUSED") throw graphError(132015, { details: `template (${name}) is paused and cannot be sent` });
  if (template?.status === "DISABLED") throw graphError(132016, { details: `template (${name}) is disabled` });
  if (template?.status !== "APPROVED") throw graphError(132001, { details: `template name (${name}) does not exist in ${language}` });
  const components = componentsOf(sent.components);
  fitHeader(template, components);
  fitText("body", text(template, "BODY"), parametersOf(components.find((each) => lower(each.type) === "body")));
  fitButtons(template, components);
  return template;
}

/** The places of a text that want a value: `{{1}}` or `{{name}}`. */
function placesOf(written: string): readonly string[] {
  return [...new Set([...written.matchAll(/\{\{\s*([\w]+)\s*\}\}/g)].map(([, name = ""]) => name))];
}

function fitHeader(template: TemplateState, components: readonly Fields[]): void {
  const header = template.components.find((each) => each.type === "HEADER");
  const given = parametersOf(components.find((each) => lower(each.type) === "header"));
  const format = lower(header?.format ?? "text");
  if (!header || format === "text") {
    fitText("header", typeof header?.text === "string" ? header.text : "", given);
    return;
  }
  const [parameter] = given;
  if (given.length !== 1 || !parameter) throw mismatch("header", given.length, 1);
  if (parameter.type !== format || !SUPPLIED.includes(format)) throw wrongFormat("header", format, String(parameter.type));
}

function fitText(part: string, written: string, given: readonly Fields[]): void {
  const places = placesOf(written);
  if (given.length !== places.length) throw mismatch(part, given.length, places.length);
  const namedPlaces = places.some((place) => !/^\d+$/.test(place));
  for (const parameter of given) {
    if (!["text", "currency", "date_time"].includes(String(parameter.type))) throw wrongFormat(part, "text", String(parameter.type));
    if (namedPlaces !== (parameter.parameter_name !== undefined) || (namedPlaces && !places.includes(String(parameter.parameter_name)))) {
      throw graphError(100, {
        message: "(#100) Invalid parameter",
        details: `${part}: Parameter name is missing or empty, or not one of ${places.join(", ")}`,
      });
    }
    if (typeof parameter.text !== "string") continue;
    if (/[\n\t]| {5}/.test(parameter.text)) {
      throw graphError(132018, { details: `${part}: Param text cannot have new-line/tab characters or more than 4 consecutive spaces` });
    }
    if (written.length + parameter.text.length > LONGEST_BODY) throw graphError(132005, { details: `${part}: text too long` });
  }
}

function fitButtons(template: TemplateState, components: readonly Fields[]): void {
  const holder = template.components.find((each) => each.type === "BUTTONS");
  const buttons = Array.isArray(holder?.buttons) ? holder.buttons.filter(isFields) : [];
  const given = components.filter((each) => lower(each.type) === "button");
  for (const component of given) {
    const button = buttons[Number(component.index)];
    const type = lower(button?.type ?? "none");
    if (!button) throw graphError(132012, { details: `buttons: there is no button at index ${String(component.index)}` });
    if (type !== lower(component.sub_type) && !(type === "otp" && lower(component.sub_type) === "url")) {
      throw wrongFormat(`buttons: button at index ${String(component.index)}`, type, lower(component.sub_type));
    }
  }
  for (const [index, button] of buttons.entries()) {
    const wants =
      (lower(button.type) === "url" && placesOf(String(button.url)).length > 0) || ["copy_code", "otp"].includes(lower(button.type));
    if (wants && !given.some((component) => Number(component.index) === index)) {
      throw graphError(131008, { details: `buttons: Button at index ${index} of type ${String(button.type)} requires a parameter` });
    }
    if (lower(button.type) === "url" && !wants && given.some((component) => Number(component.index) === index)) {
      throw mismatch(`buttons: button at index ${index}`, 1, 0);
    }
  }
}

function mismatch(part: string, given: number, wanted: number): Error {
  return graphError(132000, {
    details: `${part}: number of localizable_params (${given}) does not match the expected number of params (${wanted})`,
  });
}

function wrongFormat(part: string, wanted: string, given: string): Error {
  return graphError(132012, { details: `${part}: Format mismatch, expected ${wanted.toUpperCase()}, received ${given.toUpperCase()}` });
}

function text(template: TemplateState, type: string): string {
  const found = template.components.find((each) => each.type === type)?.text;
  return typeof found === "string" ? found : "";
}

function componentsOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

function parametersOf(component: Fields | undefined): readonly Fields[] {
  return componentsOf(component?.parameters);
}

function lower(value: unknown): string {
  return String(value).toLowerCase();
}
