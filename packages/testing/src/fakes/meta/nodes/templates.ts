import { type Operation, wabaOf } from "../graph/call.ts";
import { readSelection, selectFields } from "../graph/field-selection.ts";
import { cutPage } from "../graph/paging.ts";
import type { TemplateState } from "../state.ts";

const FILTERS = ["name", "language", "status", "category"] as const;
const DEFAULTS = ["name", "parameter_format", "components", "language", "status", "category", "id"];

/** `GET /{WABA-ID}/message_templates`. */
export const listTemplates: Operation = (call) => {
  const waba = wabaOf(call);
  const { searchParams } = call.request.url;
  const selection = readSelection(searchParams.get("fields"));
  const kept = waba.templates.filter((template) =>
    FILTERS.every((name) => {
      const wanted = searchParams.get(name);
      return wanted === null || template[name].toLowerCase() === wanted.toLowerCase();
    }),
  );
  if (kept.length === 0 && selection) selectFields(view(BLANK), selection);
  const page = cutPage(kept, call.request.url);
  return { body: { ...page, data: page.data.map((template) => selectFields(view(template), selection)) } };
};

const BLANK: TemplateState = { id: "0", name: "", language: "", status: "APPROVED", category: "UTILITY", components: [] };

function view(template: TemplateState): Parameters<typeof selectFields>[0] {
  const named = /\{\{\s*[a-z_]/.test(JSON.stringify(template.components));
  return {
    type: "WhatsAppMessageTemplate",
    defaults: DEFAULTS,
    values: {
      id: template.id,
      name: template.name,
      language: template.language,
      status: template.status,
      category: template.category,
      components: template.components,
      parameter_format: named ? "NAMED" : "POSITIONAL",
      correct_category: undefined,
      cta_url_link_tracking_opted_out: undefined,
      library_template_name: undefined,
      message_send_ttl_seconds: undefined,
      previous_category: undefined,
      quality_score: { score: "UNKNOWN" },
      rejected_reason: "NONE",
      sub_category: undefined,
    },
  };
}
