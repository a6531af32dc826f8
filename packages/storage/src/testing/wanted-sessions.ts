import type { SessionPlace } from "@wadesk/core/ports";

const ROWS = 1000;

/** Statements that make sessions which are wanted and held by nobody, a thousand each; `table` is the table's name with its schema. */
export function wantedSessions(table: string, places: readonly SessionPlace[]): readonly string[] {
  return Array.from({ length: Math.ceil(places.length / ROWS) }, (_, part) => {
    const rows = places.slice(part * ROWS, (part + 1) * ROWS).map(({ workspaceId, connectionId, kind }) => {
      const values = [connectionId, JSON.stringify([workspaceId, connectionId, kind]), kind].map((value) => `'${value}'`);
      return `(${values.join(", ")}, 1, '', 1)`;
    });
    return `insert into ${table} (connection_id, place, kind, wanted, process, token) values ${rows.join(", ")}`;
  });
}
