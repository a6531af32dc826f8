import type { Desk } from "../desk.ts";
import type { DevicesPerson } from "../options.ts";
import { type Refusal, refusal } from "../refusal.ts";

/** What a person must be. */
export type Needs = "member" | "owner" | "platform";

/** Whom the application says that a request is from; nobody where it says none, or something that is no person. */
export async function personOf({ options, log }: Desk, request: Request): Promise<DevicesPerson | undefined> {
  const told: unknown = await options.authorize(request);
  if (told === undefined) return undefined;
  if (isPerson(told)) return told;
  log.error({}, 'authorize answered nobody whom the screen knows: give workspaceId and userId as texts, and the role "owner" or "member"');
  return undefined;
}

/** Why a person may not do this. No role in a workspace gives what is the platform's. */
export function lacks({ role, platform }: DevicesPerson, needs: Needs): Refusal | undefined {
  if (needs === "platform") return platform === true ? undefined : refusal("platform_needed");
  return needs === "member" || role === "owner" ? undefined : refusal("owner_needed");
}

function isPerson(told: unknown): told is DevicesPerson {
  if (typeof told !== "object" || told === null) return false;
  const { workspaceId, userId, role }: { readonly workspaceId?: unknown; readonly userId?: unknown; readonly role?: unknown } = told;
  return isText(workspaceId) && isText(userId) && (role === "owner" || role === "member");
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}
