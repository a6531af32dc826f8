import type { ButtonsContent, CtaUrlContent, InteractiveHeader, ListContent } from "@wadesk/core";
import type { Checks } from "./checks.ts";
import { headerPayload } from "./media.ts";

const BODY = 1024;
const LIST_BODY = 4096;
const FOOTER = 60;
const LABEL = 20;
const BUTTONS = 3;
const BUTTON_ID = 256;
const SECTIONS = 10;
const ROWS = 10;
const ROW_ID = 200;
const ROW_TITLE = 24;
const ROW_DESCRIPTION = 72;

interface Frame {
  readonly text: string;
  readonly footer?: string;
  readonly header?: InteractiveHeader;
}

function frame({ text, footer, header }: Frame, most: number, checks: Checks): object {
  checks.text(text, "text", most);
  checks.optional(footer, "footer", FOOTER);
  return {
    ...(header && { header: headerPayload(header, checks) }),
    body: { text },
    ...(footer !== undefined && { footer: { text: footer } }),
  };
}

/** One to three buttons. */
export function buttonsPayload(content: ButtonsContent, checks: Checks): object {
  const { buttons } = content;
  checks.that(
    buttons.length >= 1 && buttons.length <= BUTTONS,
    "buttons",
    `has ${buttons.length}; Meta takes 1 to ${BUTTONS}, use a list for more`,
    "too_many",
    { max: BUTTONS },
  );
  buttons.forEach(({ id, title }, index) => {
    checks.text(id, `buttons.${index}.id`, BUTTON_ID);
    checks.text(title, `buttons.${index}.title`, LABEL);
  });
  unique(
    buttons.map(({ id }) => id),
    "buttons",
    "id",
    checks,
  );
  unique(
    buttons.map(({ title }) => title),
    "buttons",
    "title",
    checks,
  );
  const replies = buttons.map(({ id, title }) => ({ type: "reply", reply: { id, title } }));
  return { type: "button", ...frame(content, BODY, checks), action: { buttons: replies } };
}

/** A menu of up to ten rows in sections. */
export function listPayload(content: ListContent, checks: Checks): object {
  const { sections, button, header } = content;
  const rows = sections.flatMap((section) => section.rows);
  checks.text(button, "button", LABEL);
  checks.that(
    sections.length >= 1 && sections.length <= SECTIONS,
    "sections",
    `has ${sections.length}; Meta takes 1 to ${SECTIONS}`,
    "too_many",
    { max: SECTIONS },
  );
  checks.that(
    rows.length >= 1 && rows.length <= ROWS,
    "sections",
    `have ${rows.length} rows together; Meta takes 1 to ${ROWS}`,
    "too_many",
    { max: ROWS },
  );
  sections.forEach((section, index) => {
    const field = `sections.${index}`;
    checks.that(
      sections.length === 1 || section.title !== undefined,
      `${field}.title`,
      "is required where there are several sections",
      "required",
    );
    checks.optional(section.title, `${field}.title`, ROW_TITLE);
    section.rows.forEach((row, at) => {
      checks.text(row.id, `${field}.rows.${at}.id`, ROW_ID);
      checks.text(row.title, `${field}.rows.${at}.title`, ROW_TITLE);
      checks.optional(row.description, `${field}.rows.${at}.description`, ROW_DESCRIPTION);
    });
  });
  unique(
    rows.map(({ id }) => id),
    "sections",
    "row id",
    checks,
  );
  const { text, footer } = content;
  const framed: Frame = {
    text,
    ...(footer !== undefined && { footer }),
    ...(header !== undefined && { header: { type: "text", text: header } }),
  };
  return { type: "list", ...frame(framed, LIST_BODY, checks), action: { button, sections: sections.map(sectionPayload) } };
}

function sectionPayload({ title, rows }: ListContent["sections"][number]): object {
  return {
    ...(title !== undefined && { title }),
    rows: rows.map(({ id, title: name, description }) => ({ id, title: name, ...(description !== undefined && { description }) })),
  };
}

/** A button that opens a web page. */
export function ctaUrlPayload(content: CtaUrlContent, checks: Checks): object {
  checks.text(content.label, "label", LABEL);
  checks.link(content.url, "url");
  const parameters = { display_text: content.label, url: content.url };
  return { type: "cta_url", ...frame(content, BODY, checks), action: { name: "cta_url", parameters } };
}

function unique(values: readonly string[], field: string, name: string, checks: Checks): void {
  const repeated = values.find((value, index) => values.indexOf(value) !== index);
  checks.that(repeated === undefined, field, `repeat the ${name} "${repeated}"; each must be its own`, "repeated");
}
