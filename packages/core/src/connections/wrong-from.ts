import type { Engine } from "../engine/engine.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { Connection } from "../model/connection.ts";

// a page of what has it in its label; a label that is in more of them is no name
const LIMIT = 200;
const LONGEST = 200;

/** The error for a `from` that is no connection's id here. A label or a phone is the likeliest slip: where one connection alone has it, its id is named. */
export async function wrongFrom(engine: Engine, workspaceId: string, from: string): Promise<WadeskError> {
  const meant = await meantBy(engine, workspaceId, from.trim());
  const remedy = meant === undefined ? "" : `; the id of ${meant.label} (${meant.phone ?? meant.channel}) is ${JSON.stringify(meant.id)}`;
  const detail = `${JSON.stringify(from.slice(0, LONGEST))} is none: \`from\` is the id of a connection, as connect() answered it and list() shows it`;
  return new WadeskError("connection_not_found", { detail: `${detail}${remedy}` });
}

async function meantBy(engine: Engine, workspaceId: string, text: string): Promise<Connection | undefined> {
  if (text === "" || text.length > LONGEST) return undefined;
  const { items, next } = await engine.storage.connections.list(workspaceId, { search: text }, { limit: LIMIT });
  const found = items.filter(({ label, phone }) => label.toLowerCase() === text.toLowerCase() || isPhone(text, phone));
  return next === undefined && found.length === 1 ? found[0] : undefined;
}

function isPhone(text: string, phone: string | undefined): boolean {
  return phone !== undefined && /^\+?[\d\s().-]+$/.test(text) && digitsOf(text) === digitsOf(phone);
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, "");
}
