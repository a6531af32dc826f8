import type { TemplateButton, TemplateContent, TemplateParameter } from "@wadesk/core";
import type { Checks } from "./checks.ts";
import { mediaObject } from "./media.ts";

const BUTTONS = 10;
// since December 2025; the page of a template's components still says 15
const CODE = 20;
const THOUSANDTHS = 1000;

/** A template with what fills its places: header, body, buttons. */
export function templatePayload(content: TemplateContent, checks: Checks): object {
  const { name, language, header, body, buttons } = content;
  checks.that(/^[a-z0-9_]{1,512}$/.test(name), "name", "must be the template's name: lower-case letters, digits and underscores");
  checks.that(/^[A-Za-z]{2,3}([_-][A-Za-z]{2,4})?$/.test(language), "language", "must be the template's language code, e.g. en_US");
  const components = [
    ...(header ? [{ type: "header", parameters: [parameterPayload(header, "header", checks)] }] : []),
    ...(body && body.length > 0 ? [{ type: "body", parameters: bodyPayload(body, checks) }] : []),
    ...(buttons ?? []).map((button, index) => buttonPayload(button, `buttons.${index}`, checks)),
  ];
  return { name, language: { code: language }, ...(components.length > 0 && { components }) };
}

const IN_BODY: readonly TemplateParameter["type"][] = ["text", "currency", "date"];

function bodyPayload(body: readonly TemplateParameter[], checks: Checks): readonly object[] {
  const named = body.filter((parameter) => "name" in parameter && parameter.name !== undefined && parameter.type !== "location");
  checks.that(named.length === 0 || named.length === body.length, "body", "name all parameters or none, as the template does", "conflicts");
  return body.map((parameter, index) => {
    const field = `body.${index}`;
    checks.that(
      IN_BODY.includes(parameter.type),
      `${field}.type`,
      `a body takes text, currency and date; ${parameter.type} belongs in the header`,
      "not_one_of",
      { options: IN_BODY.join(", ") },
    );
    return parameterPayload(parameter, field, checks);
  });
}

function parameterPayload(parameter: TemplateParameter, field: string, checks: Checks): object {
  switch (parameter.type) {
    case "text":
      checks.that(parameter.text !== "", `${field}.text`, "must not be empty", "required");
      oneLine(parameter.text, `${field}.text`, checks);
      return { type: "text", text: parameter.text, ...nameOf(parameter.name) };
    case "currency": {
      checks.that(/^[A-Z]{3}$/.test(parameter.code), `${field}.code`, "must be a currency code of three letters, e.g. BRL", "wrong_form");
      const amount = Math.round(parameter.amount * THOUSANDTHS);
      const currency = { fallback_value: parameter.fallback, code: parameter.code, amount_1000: amount };
      return { type: "currency", currency, ...nameOf(parameter.name) };
    }
    case "date":
      return { type: "date_time", date_time: { fallback_value: parameter.fallback }, ...nameOf(parameter.name) };
    case "image":
    case "video":
      return { type: parameter.type, [parameter.type]: mediaObject(parameter.media, `${field}.media`, checks) };
    case "document": {
      const file = mediaObject(parameter.media, `${field}.media`, checks);
      const { fileName } = parameter;
      return { type: "document", document: { ...file, ...(fileName !== undefined && { filename: fileName }) } };
    }
    case "location": {
      const { latitude, longitude, name, address } = parameter;
      const place = { latitude: String(latitude), longitude: String(longitude) };
      return { type: "location", location: { ...place, ...(name !== undefined && { name }), ...(address !== undefined && { address }) } };
    }
  }
}

// what Meta refuses with 132018
function oneLine(value: string, field: string, checks: Checks): void {
  const message = "must not have a line break, a tab or more than four spaces in a row; put the value on one line";
  checks.that(!/[\n\r\t]| {5}/.test(value), field, message, "white_space");
}

function nameOf(name: string | undefined): { parameter_name?: string } {
  return name === undefined ? {} : { parameter_name: name };
}

function buttonPayload({ type, index, value }: TemplateButton, field: string, checks: Checks): object {
  checks.that(
    Number.isInteger(index) && index >= 0 && index < BUTTONS,
    `${field}.index`,
    `must be 0 to ${BUTTONS - 1}, the button's place`,
    "wrong_form",
    { min: 0, max: BUTTONS - 1 },
  );
  if (type === "copy_code") checks.text(value, `${field}.value`, CODE);
  else checks.that(value !== "", `${field}.value`, "must not be empty", "required");
  if (type === "url") oneLine(value, `${field}.value`, checks);
  return { type: "button", sub_type: type, index: String(index), parameters: [buttonParameter(type, value)] };
}

function buttonParameter(type: TemplateButton["type"], value: string): object {
  switch (type) {
    case "quick_reply":
      return { type: "payload", payload: value };
    case "url":
      return { type: "text", text: value };
    case "copy_code":
      return { type: "coupon_code", coupon_code: value };
  }
}
