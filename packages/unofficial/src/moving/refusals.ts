import { type IssueCode, WadeskError } from "@wadesk/core";

/** The error for a field of a session that is to be moved: what is so, then what to do. Never what stands in it. */
export function unusable(field: string, code: IssueCode, message: string): WadeskError {
  return new WadeskError("input_invalid", { issues: [{ field, code, message }], detail: `${field}: ${message}` });
}

/** The error for the credentials, of which a part is wrong. */
export function damagedCredentials(part: string, message: string): WadeskError {
  const all = `${part} ${message}; take the session from a backup, or link the phone by QR`;
  return unusable("session.creds", "wrong_form", all);
}

/** The error for credentials of which no more than a part is there, as when a program is still writing them. */
export function cutCredentials(): WadeskError {
  const advice = "stop the program that writes them and read them again, take the session from a backup, or link the phone by QR";
  return unusable("session.creds", "wrong_form", `are no JSON, or end in the middle; ${advice}`);
}

/** The error for one of the keys. */
export function damagedKey(name: string, message: string): WadeskError {
  return unusable("session.keys", "wrong_form", `${name} ${message}; take it from a backup, or leave it out to go on without it`);
}
