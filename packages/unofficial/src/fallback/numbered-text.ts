import type {
  ButtonReplyContent,
  ButtonsContent,
  CtaUrlContent,
  InteractiveHeader,
  ListContent,
  ListReplyContent,
  MediaContent,
  OutboundContent,
  TemplateContent,
  TemplateParameter,
  TextContent,
} from "@wadesk/core";
import { createContentChecks } from "@wadesk/core/ports";

/** What a number answers: the tap that it stands for. */
export type Option = Omit<ButtonReplyContent, "text"> | Omit<ListReplyContent, "text">;

/** Interactive content as plain content, and what its numbers stand for. */
export interface NumberedText {
  readonly content: TextContent | MediaContent;
  /** The first is answered by 1; none where there is nothing to choose. */
  readonly options: readonly Option[];
}

/** The kinds that have such a text. */
export type Interactive = ButtonsContent | ListContent | CtaUrlContent | TemplateContent;

/** Whether content is of a kind that goes out as text. */
export function isInteractive(content: OutboundContent): content is Interactive {
  return content.kind === "buttons" || content.kind === "list" || content.kind === "cta_url" || content.kind === "template";
}

/** Writes it. Throws `content_invalid` where a template does not say what its text is. */
export function numberedText(content: Interactive): NumberedText {
  switch (content.kind) {
    case "buttons": {
      const options = content.buttons.map(({ id, title }) => ({ kind: "button_reply", id, title }) as const);
      return composed(content.header, [content.text, numbers(options), footerOf(content.footer)], options);
    }
    case "cta_url":
      return composed(content.header, [content.text, `${content.label}: ${content.url}`, footerOf(content.footer)], []);
    case "list":
      return listText(content);
    case "template":
      return templateText(content);
  }
}

function listText({ text, header, footer, sections }: ListContent): NumberedText {
  const options: Option[] = [];
  const parts = sections.map(({ title, rows }) => {
    const lines = rows.map((row) => {
      options.push({ kind: "list_reply", ...row });
      return `${options.length}. ${row.title}${row.description ? ` – ${row.description}` : ""}`;
    });
    return [...(title ? [bold(title)] : []), ...lines].join("\n");
  });
  return composed(header === undefined ? undefined : { type: "text", text: header }, [text, ...parts, footerOf(footer)], options);
}

function templateText({ text, header, body = [], buttons = [] }: TemplateContent): NumberedText {
  const checks = createContentChecks("unofficial");
  checks.that(
    text !== undefined,
    "text",
    "is missing; a template that goes out as text needs what it says, with {{1}} where a value stands",
    "required",
  );
  const replies = buttons.flatMap((button, index) => (button.type === "quick_reply" ? [{ ...button, at: index }] : []));
  for (const { title, at } of replies)
    checks.that(
      title !== undefined,
      `buttons.${at}.title`,
      "is missing; a button that is answered by a number needs what stands on it",
      "required",
    );
  checks.done();
  const options = replies.map(({ value, title = "" }) => ({ kind: "button_reply", id: value, title }) as const);
  const above = header && (header.type === "image" || header.type === "video" || header.type === "document" ? header : asText(header));
  return composed(above, [filled(text ?? "", body), numbers(options)], options);
}

function asText(header: TemplateParameter): InteractiveHeader {
  return { type: "text", text: wordOf(header) };
}

/** A template's text with its values in it. What is not given stays as it stands. */
function filled(text: string, body: readonly TemplateParameter[]): string {
  return text.replace(/\{\{\s*([\w]+)\s*\}\}/g, (whole, name: string) => {
    const value = body.find((each) => "name" in each && each.name === name) ?? (/^\d+$/.test(name) ? body[Number(name) - 1] : undefined);
    return value === undefined ? whole : wordOf(value);
  });
}

function wordOf(parameter: TemplateParameter): string {
  switch (parameter.type) {
    case "text":
      return parameter.text;
    case "currency":
    case "date":
      return parameter.fallback;
    case "location":
      return parameter.name ?? parameter.address ?? `${parameter.latitude}, ${parameter.longitude}`;
    default:
      return "";
  }
}

function composed(header: InteractiveHeader | undefined, parts: readonly string[], options: readonly Option[]): NumberedText {
  const file = header === undefined || header.type === "text" ? undefined : header;
  const title = header?.type === "text" ? [bold(header.text)] : [];
  const text = [...title, ...parts].filter((part) => part !== "").join("\n\n");
  if (file === undefined) return { content: { kind: "text", text }, options };
  const named = file.type === "document" && file.fileName !== undefined ? { fileName: file.fileName } : {};
  return { content: { kind: file.type, media: file.media, caption: text, ...named }, options };
}

function numbers(options: readonly { readonly title: string }[]): string {
  return options.map(({ title }, index) => `${index + 1}. ${title}`).join("\n");
}

function footerOf(footer: string | undefined): string {
  return footer ? `_${footer}_` : "";
}

function bold(text: string): string {
  return `*${text}*`;
}
