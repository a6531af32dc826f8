import type { TemplateChanged } from "@wadesk/core";
import type { InboundEvent } from "@wadesk/core/ports";
import { asRecord, asText, present, type Wire } from "../../wire/wire.ts";
import { ofAccount, type Source } from "../source.ts";

/** Which fields of a value say what a template became, what it was and why. */
interface Row {
  readonly change: TemplateChanged["change"];
  readonly value?: string;
  readonly previous?: string;
  readonly reason?: string;
}

const ROWS: ReadonlyMap<string, Row> = new Map<string, Row>([
  ["message_template_status_update", { change: "status", value: "event", reason: "reason" }],
  ["message_template_quality_update", { change: "quality", value: "new_quality_score", previous: "previous_quality_score" }],
  ["template_category_update", { change: "category", value: "new_category", previous: "previous_category" }],
  ["message_template_category_update", { change: "category", value: "new_category", previous: "previous_category" }],
  ["template_correct_category_detection", { change: "category", value: "correct_category", previous: "category" }],
  ["message_template_components_update", { change: "components" }],
]);

/** Reads what became of a template: its review, quality, category or components. */
export function readTemplate(value: Wire, source: Source, events: InboundEvent[]): void {
  const row = ROWS.get(source.field);
  const templateId = asText(value.message_template_id);
  const name = asText(value.message_template_name);
  if (row === undefined || templateId === undefined || name === undefined) return;
  const of = (field: string | undefined): string | undefined => (field === undefined ? undefined : asText(value[field]));
  const data: TemplateChanged = {
    templateId,
    name,
    change: row.change,
    ...present({
      language: asText(value.message_template_language),
      value: of(row.value) ?? (row.change === "category" ? asText(value.correct_category) : undefined),
      previous: of(row.previous),
      // Meta writes the word where it has no reason
      reason: of(row.reason) === "NONE" ? undefined : of(row.reason),
      rejection: readRejection(value.rejection_info),
    }),
    raw: value,
  };
  const address = ofAccount(source, value);
  events.push({ ...address, orderKey: `${address.route}|template:${templateId}`, type: "template.changed", at: source.at, data });
}

function readRejection(value: unknown): TemplateChanged["rejection"] | undefined {
  const info = asRecord(value);
  return info && present({ reason: asText(info.reason), advice: asText(info.recommendation) });
}
