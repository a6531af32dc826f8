import type { WireFailure } from "../../wire/problem.ts";
import type { FormField } from "./state/fields.ts";
import type { FormIssue } from "./state/form.ts";
import type { Labels } from "../labels/en/en.ts";
import type { FieldWords } from "../labels/en/fields.ts";

type FieldLabels = Pick<Labels, "fields">;
type Named = Pick<FormField, "name"> & Partial<Pick<FormField, "title" | "description">>;

/** What a field is called: by the labels, else by the channel's schema, else by its name. */
export function fieldWords({ fields }: FieldLabels, room: "input" | "again" | "settings", channel: string, field: Named): FieldWords {
  const { name, title, description } = field;
  const known = fields[room][channel]?.[name] ?? (room === "again" ? fields.input[channel]?.[name] : undefined);
  return known ?? { label: title ?? readable(name), ...(description !== undefined && { hint: description }) };
}

/** What is wrong with a field, as a sentence. */
export function issueText({ fields }: FieldLabels, channel: string, name: string, { code, message }: FormIssue): string {
  return fields.fieldIssues[channel]?.[name]?.[code] ?? fields.issues[code] ?? (message === undefined ? fields.wrong : sentence(message));
}

/** Why something came to nothing, as a sentence; what the server says where no label does. */
export function failureText({ failures }: Pick<Labels, "failures">, { code, message }: WireFailure): string {
  return failures.texts[code] ?? (message === "" ? failures.other : sentence(message));
}

/** What support wants to know: the code, and what the vendor called it. */
export function supportText({ code, vendor }: WireFailure): string {
  const { vendor: name, code: number, subcode, traceId } = vendor ?? {};
  const told = name && `${name} ${[number, subcode].filter((each) => each !== undefined).join("/")}`.trim();
  return [code, told, traceId].filter(Boolean).join(" · ");
}

// `phoneNumberId` as "Phone number id"
function readable(name: string): string {
  return sentence(
    name
      .replaceAll(/[_-]+/g, " ")
      .replaceAll(/([a-z\d])([A-Z])/g, (_all, before: string, after: string) => `${before} ${after.toLowerCase()}`),
    "",
  );
}

function sentence(text: string, end = "."): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : first + end;
}
