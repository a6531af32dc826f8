import { type FieldIssue, WadeskError } from "@wadesk/core";
import { isWebAddress } from "../options.ts";

/** Notes what Twilio would refuse about a message, field by field. */
export interface Checks {
  /** Notes the message for the field unless `holds`. */
  readonly that: (holds: boolean, field: string, message: string) => void;
  /** Checks that a text is there and not longer than `most` characters. */
  readonly text: (value: string, field: string, most: number) => void;
  /** Checks that a link begins with http:// or https://. */
  readonly link: (value: string, field: string) => void;
  /** Rejects with `content_invalid` when anything was noted. */
  readonly done: () => void;
}

/** Starts checking one message. */
export function createChecks(): Checks {
  const issues: FieldIssue[] = [];
  const that: Checks["that"] = (holds, field, message) => {
    if (!holds) issues.push({ field: `content.${field}`, message });
  };
  return {
    that,
    text: (value, field, most) => {
      that(value.trim() !== "", field, "must not be empty");
      // characters as a person counts them, so that no emoji makes a text too long that Twilio would take
      const length = value.length > most ? [...value].length : value.length;
      that(length <= most, field, `has ${length} characters; Twilio takes at most ${most}`);
    },
    link: (value, field) => that(isWebAddress(value), field, "must be a link that begins with http:// or https://"),
    done: () => {
      if (issues.length === 0) return;
      const detail = issues.map(({ field, message }) => `${field}: ${message}`).join("; ");
      throw new WadeskError("content_invalid", { detail, issues });
    },
  };
}
