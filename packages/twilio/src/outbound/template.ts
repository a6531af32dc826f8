import type { TemplateContent, TemplateParameter } from "@wadesk/core";
import type { Checks } from "./checks.ts";

const CONTENT_SID = /^HX[0-9a-f]{32}$/i;

/** A template as `Messages` takes it. */
export interface TemplatePayload {
  readonly contentSid: string;
  readonly contentVariables?: string;
}

/**
 * A Content template. `name` is its ContentSid, which stands for one language already. Its variables share one set of names wherever they
 * stand in the template, so they are all given as the body's parameters: in order for `{{1}}`, `{{2}}` …, else each by its name.
 * @see https://www.twilio.com/docs/content/using-variables-with-content-api
 */
export function templatePayload({ name, header, body, buttons }: TemplateContent, checks: Checks): TemplatePayload {
  checks.that(CONTENT_SID.test(name), "name", "must be the template's ContentSid: HX and 32 characters from 0-9 and a-f", "wrong_form");
  checks.that(
    header === undefined || nameOf(header) !== undefined,
    "header",
    `needs the name of its variable; ${ALL_TOGETHER}`,
    "required",
  );
  checks.that(buttons === undefined || buttons.length === 0, "buttons", `cannot be filled by their place; ${ALL_TOGETHER}`, "unusable");
  const variables = { ...bodyVariables(body ?? [], checks), ...(header && headerVariable(header, checks)) };
  return { contentSid: name, ...(Object.keys(variables).length > 0 && { contentVariables: JSON.stringify(variables) }) };
}

const ALL_TOGETHER = "Twilio names all variables of a template together: give this one's value among the body's parameters";

function bodyVariables(body: readonly TemplateParameter[], checks: Checks): Record<string, string> {
  const named = body.filter((parameter) => nameOf(parameter) !== undefined);
  checks.that(named.length === 0 || named.length === body.length, "body", "name all parameters or none, as the template does", "conflicts");
  return Object.fromEntries(
    body.map((parameter, index) => [nameOf(parameter) ?? String(index + 1), textFor(parameter, `body.${index}`, checks)]),
  );
}

function headerVariable(header: TemplateParameter, checks: Checks): Record<string, string> {
  const name = nameOf(header);
  return name === undefined ? {} : { [name]: textFor(header, "header", checks) };
}

function nameOf(parameter: TemplateParameter): string | undefined {
  return "name" in parameter && parameter.type !== "location" ? parameter.name : undefined;
}

function textFor(parameter: TemplateParameter, field: string, checks: Checks): string {
  switch (parameter.type) {
    case "text":
      checkText(parameter.text, `${field}.text`, checks);
      return parameter.text;
    case "currency":
    case "date":
      checkText(parameter.fallback, `${field}.fallback`, checks);
      return parameter.fallback;
    case "image":
    case "video":
    case "document":
      checks.that(parameter.media.url !== undefined, `${field}.media.url`, "is missing; Twilio takes files by their URL", "required");
      return parameter.media.url ?? "";
    case "location":
      checks.that(false, `${field}.type`, "a place is part of the template itself at Twilio", "unusable");
      return "";
  }
}

const LONGEST = 1600;

// what Twilio refuses with 21656
function checkText(text: string, field: string, checks: Checks): void {
  checks.text(text, field, LONGEST);
  checks.that(!/[\n\r\t]| {5,}/.test(text), field, "must not have a line break, a tab or more than four spaces in a row", "white_space");
}
