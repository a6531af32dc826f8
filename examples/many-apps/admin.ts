import type { ProbeResult, Wadesk } from "@wadesk/core";
import type { MagpieChannel } from "./magpie.ts";

// #region groups
type Client = Wadesk<MagpieChannel>;

/** Adds an app, or changes its address; what is not named stays as it is. Answers what was mended, and what is still missing. */
export async function saveApp(wadesk: Client, name: string, apiUrl: string): Promise<readonly string[]> {
  const { notes } = await wadesk.settings.change("magpie", { apps: { [name]: { apiUrl } } });
  return notes.map(({ text }) => text);
}

/** Adds a secret beside the ones that are there: all of them verify, and the newest is the one to call with. */
export async function addSecret(wadesk: Client, name: string, secret: string): Promise<void> {
  await wadesk.settings.change("magpie", { apps: { [name]: { secrets: { add: secret } } } });
}

/** Retires a secret by its id. */
export async function retireSecret(wadesk: Client, name: string, id: string): Promise<void> {
  await wadesk.settings.change("magpie", { apps: { [name]: { secrets: { retire: id } } } });
}

/** Removes an app with its secrets. */
export async function removeApp(wadesk: Client, name: string): Promise<void> {
  await wadesk.settings.change("magpie", { apps: { [name]: false } });
}
// #endregion groups

// #region view
/** What the admin's screen shows: each app, and of its secrets an id and a date. */
export async function readApps(wadesk: Client): Promise<readonly string[]> {
  const { apps } = await wadesk.settings.read("magpie");
  return Object.entries(apps).map(([name, { apiUrl, secrets }]) => {
    const marks = secrets.map(
      ({ id, addedAt }) => `${id}, added ${addedAt === undefined ? "in the code" : new Date(addedAt).toISOString()}`,
    );
    return `${name}: ${apiUrl} (${marks.join("; ") || "no secret yet"})`;
  });
}
// #endregion view

// #region probe
/** The button "try it": what is wrong first. */
export async function tryApps(wadesk: Client): Promise<readonly ProbeResult[]> {
  const results = await wadesk.settings.probe("magpie", { withinMs: 10_000 });
  return results.toSorted((left, right) => Number(left.ok) - Number(right.ok));
}
// #endregion probe
