import type { NoticeValues } from "../errors/notice.ts";
import { type FieldIssue, WadeskError } from "../errors/wadesk-error.ts";

/** Notes what a vendor would refuse about a message, field by field. */
export interface ContentChecks {
  /** Notes the message for the field unless `holds`, with what is wrong as a code and the values that its words speak of. */
  readonly that: (holds: boolean, field: string, message: string, code?: string, values?: NoticeValues) => void;
  /** Checks that a text is there and not longer than `most` characters. */
  readonly text: (value: string, field: string, most: number) => void;
  /** Checks an optional text's length. */
  readonly optional: (value: string | undefined, field: string, most: number) => void;
  /** Checks that a link begins with http:// or https://. */
  readonly link: (value: string, field: string) => void;
  /** Throws `content_invalid` when anything was noted. */
  readonly done: () => void;
}

/** Starts checking one message. `vendor` is what people call it, e.g. `Meta`. */
export function createContentChecks(vendor: string): ContentChecks {
  const issues: FieldIssue[] = [];
  const that: ContentChecks["that"] = (holds, field, message, code = "invalid", values) => {
    if (!holds) issues.push({ field: `content.${field}`, code, ...(values && { values }), message });
  };
  const text: ContentChecks["text"] = (value, field, most) => {
    that(value.trim() !== "", field, "must not be empty", "required");
    // characters as a person counts them, so that no emoji makes a text too long that the vendor would take
    const length = value.length > most ? [...value].length : value.length;
    that(length <= most, field, `has ${length} characters; ${vendor} takes at most ${most}`, "too_long", { max: most });
  };
  return {
    that,
    text,
    optional: (value, field, most) => {
      if (value !== undefined) text(value, field, most);
    },
    link: (value, field) => that(isWebAddress(value), field, "must be a link that begins with http:// or https://", "not_an_address"),
    done: () => {
      if (issues.length === 0) return;
      const detail = issues.map(({ field, message }) => `${field}: ${message}`).join("; ");
      throw new WadeskError("content_invalid", { detail, issues });
    },
  };
}

/** Whether a text is an address that begins with http:// or https://. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}
