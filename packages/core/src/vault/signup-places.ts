/** The namespaces of signups; what rotates keys knows them by this prefix. */
export const SIGNUPS = "signup/";

/** Where the signups of a workspace are. */
export function signupsOf(workspaceId: string): string {
  return `${SIGNUPS}${written(workspaceId)}/`;
}

/** Where one signup is, and the lock under which it changes. */
export function signupNamespace(workspaceId: string, id: string): string {
  return `${signupsOf(workspaceId)}${written(id)}/`;
}

// ids are opaque: half a surrogate pair, with which `encodeURIComponent` fails, is one too
function written(id: string): string {
  return id.replaceAll(/[^\w-]/g, (unit) => `%${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
