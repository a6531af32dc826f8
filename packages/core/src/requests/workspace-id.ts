import { WadeskError } from "../errors/wadesk-error.ts";
import { issueOf } from "../fields/invalid.ts";

/** Refuses an id that names no tenant with `input_invalid`: an absent one must not become a tenant of its own. */
export function readWorkspaceId(id: unknown): string {
  if (typeof id === "string" && id.trim() !== "") return id;
  const message = "give the id of your tenant, a text that is not empty";
  throw new WadeskError("input_invalid", { issues: [issueOf("workspaceId", "required", message)], detail: `workspaceId: ${message}` });
}
