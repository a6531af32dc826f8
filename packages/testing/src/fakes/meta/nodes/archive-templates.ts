import { type Call, type Operation, wabaOf } from "../graph/call.ts";
import { refuseMalformed } from "../graph/graph-request.ts";
import { anything, list, shape, text } from "../graph/rules.ts";
import type { TemplateState } from "../state.ts";

const REQUEST = shape({ template_ids: list(text({ pattern: /^\d+$/, like: "an id" }), { min: 1 }) }, { access_token: anything });

/** `POST /{WABA-ID}/message_templates/archive`, at `api.facebook.com` alone. */
export const archiveTemplates: Operation = (call) => ({ body: moved(call, "archived_templates", "ARCHIVED") });

/** `POST /{WABA-ID}/message_templates/unarchive`, at `api.facebook.com` alone. */
export const unarchiveTemplates: Operation = (call) => ({ body: moved(call, "unarchived_templates", "APPROVED") });

function moved(call: Call, name: string, status: TemplateState["status"]): object {
  refuseMalformed(call.request);
  REQUEST(call.request.body, "");
  const { templates } = wabaOf(call);
  const asked = (call.request.body.template_ids as readonly string[]).map((id) => ({
    id,
    found: templates.find((each) => each.id === id),
  }));
  for (const { found } of asked) if (found !== undefined) found.status = status;
  return {
    [name]: asked.filter(({ found }) => found !== undefined).map(({ id }) => id),
    failed_templates: asked.filter(({ found }) => found === undefined).map(({ id }) => id),
  };
}
