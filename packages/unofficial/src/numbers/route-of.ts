import { canonicalDigits } from "./canonical-digits.ts";

/** The route of a number in a workspace: one phone once, however its number is spelled. */
export function routeOf(workspaceId: string, phone: string): string {
  return `unofficial:${workspaceId}:${canonicalDigits(phone)}`;
}
