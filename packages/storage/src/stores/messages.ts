import type { MessageRow, MessageStatus } from "@wadesk/core";
import { type Advance, climbs, type MessageStore, type ProviderMessage, wholeTime } from "@wadesk/core/ports";
import { pageOf, readCursor } from "../sql/cursor.ts";
import type { Run, SqlDatabase } from "../sql/database.ts";
import { keyText } from "../sql/key-text.ts";
import type { SqlDialect } from "../sql/words.ts";
import { rankOf, toMessage } from "./message-rows.ts";
import * as statements from "./message-statements.ts";

// each further one means that the row in the way was removed meanwhile
const INSERT_ATTEMPTS = 10;

/** Messages in their table, and in another how far each got. */
export function sqlMessages({ run, write }: SqlDatabase, dialect: SqlDialect): MessageStore {
  const get = async (workspaceId: string, id: string): Promise<MessageRow | undefined> => {
    const [row] = await run(statements.GET, oneOf(workspaceId, id));
    return row && toMessage(row);
  };
  const byKey = async (workspaceId: string, idempotencyKey: string): Promise<MessageRow | undefined> => {
    const [row] = await run(statements.BY_KEY, { workspaceId: keyText(workspaceId), idempotencyKey: keyText(idempotencyKey) });
    return row && toMessage(row);
  };

  const staleIn = async (one: statements.OneStanding, status: MessageStatus): Promise<Advance | undefined> => {
    const [current] = await run(statements.STANDING, one);
    return typeof current?.status === "string" && !climbs(current.status as MessageStatus, status) ? staleAt(current, status) : undefined;
  };

  return {
    async insert(row) {
      for (let attempt = 1; ; attempt += 1) {
        const [inserted] = await run(statements.INSERT, newRow(row));
        if (inserted !== undefined) return undefined;
        const { workspaceId, id, idempotencyKey } = row;
        const known = (await get(workspaceId, id)) ?? (idempotencyKey === undefined ? undefined : await byKey(workspaceId, idempotencyKey));
        if (known !== undefined) return known;
        if (attempt === INSERT_ATTEMPTS) throw new Error("the message's row was in the way and then was not, ten times over");
      }
    },
    get,
    byIdempotencyKey: byKey,
    async move(workspaceId, id, from, to) {
      const row = await get(workspaceId, id);
      // with another connection it is refused below, unless it comes back in between, and then it is what it was
      if (row?.connectionId !== from) return false;
      const places = { from: keyText(from), to: keyText(to), data: JSON.stringify({ ...row, connectionId: to }) };
      return (await run(statements.MOVE, { ...oneOf(workspaceId, id), ...places })).length > 0;
    },
    hand: async (workspaceId, id, connectionId) =>
      (await run(statements.HAND, { ...oneOf(workspaceId, id), connectionId: keyText(connectionId) })).length > 0,
    async accept(workspaceId, id, receipt) {
      const input = { ...oneOf(workspaceId, id), providerId: keyText(receipt.providerId), receipt: JSON.stringify(receipt) };
      await run(statements.ACCEPT, input);
    },
    async forget(workspaceId, id) {
      await write(async (on) => dropStandings(on, await on(statements.FORGET, oneOf(workspaceId, id))));
    },
    async advanceStatus(message, status, at, failure) {
      const one = standingOf(message);
      // where writing means a wait for the disk, one that is no news writes nothing: each member of a group says what the first one said
      const known = dialect === "sqlite" ? await staleIn(one, status) : undefined;
      if (known !== undefined) return known;
      const step = { rank: rankOf(status), status, at: wholeTime(at), failure: failure && JSON.stringify(failure) };
      const [advanced] = await run(statements.ADVANCE, { ...one, ...step });
      if (advanced !== undefined) return { result: "advanced", standing: status, ...idIn(advanced.message) };
      // it only climbs, so what is read now is what refused, or higher
      const [current] = await run(statements.STANDING, one);
      return staleAt(current, status);
    },
    async list(workspaceId, { limit, cursor }) {
      const [createdAt, id] = readCursor(cursor, [Number.MIN_SAFE_INTEGER, ""] as const);
      const rows = await run(statements.LIST, { workspaceId: keyText(workspaceId), createdAt, id, limit: limit + 1 });
      return pageOf(rows, limit, toMessage, (row) => [Number(row.created_at), row.id]);
    },
    prune: (earlierThan, limit) =>
      write(async (on) => {
        const before = wholeTime(earlierThan);
        const old = await on(statements.PRUNE, { before, limit });
        await dropStandings(on, old);
        if (old.length >= limit) return old.length;
        return old.length + (await on(statements.PRUNE_STRAYS, { before, limit: limit - old.length })).length;
      }),
    async deleteOfConnection(workspaceId, connectionId) {
      const input = { workspaceId: keyText(workspaceId), connectionId: keyText(connectionId) };
      // the standings first, while the messages still say which they are
      await dropOfConnection(run, input);
      await inBatches(() => run(statements.DELETE_OF_CONNECTION, input));
    },
    async deleteOfWorkspace(workspaceId) {
      const input = { workspaceId: keyText(workspaceId) };
      for (const { connection_id } of await run(statements.CONNECTIONS_OF, input))
        await dropOfConnection(run, { ...input, connectionId: connection_id });
      await inBatches(() => run(statements.DELETE_OF_WORKSPACE, input));
    },
  };
}

function staleAt(current: statements.StandingNow | undefined, status: MessageStatus): Advance {
  const stored = current?.message ?? undefined;
  const standing = (current?.status ?? (stored && (JSON.parse(stored) as MessageRow).status) ?? status) as MessageStatus;
  return { result: "stale", standing, ...idIn(stored) };
}

async function dropOfConnection(run: Run, input: statements.OfConnection): Promise<void> {
  if ((await run(statements.IS_ANOTHERS, input)).length > 0) return;
  await inBatches(() => run(statements.DROP_OF_CONNECTION, input));
}

// a database that does its work in this thread lets others have their turn in between
async function inBatches(batch: () => Promise<readonly unknown[]>): Promise<void> {
  while ((await batch()).length >= statements.ROWS_AT_ONCE) await new Promise<void>((resolve) => void setImmediate(resolve));
}

function oneOf(workspaceId: string, id: string): statements.OneMessage {
  return { workspaceId: keyText(workspaceId), id: keyText(id) };
}

function standingOf({ connectionId, providerId }: ProviderMessage): statements.OneStanding {
  return { connectionId: keyText(connectionId), providerId: keyText(providerId) };
}

function newRow(row: MessageRow): statements.NewMessage {
  const { workspaceId, id, connectionId, idempotencyKey, receipt, status, createdAt, waiting } = row;
  return {
    ...oneOf(workspaceId, id),
    connectionId: keyText(connectionId),
    idempotencyKey: idempotencyKey === undefined ? undefined : keyText(idempotencyKey),
    providerId: receipt && keyText(receipt.providerId),
    rank: rankOf(status),
    createdAt: wholeTime(createdAt),
    waiting: waiting === true && receipt === undefined ? 1 : 0,
    data: JSON.stringify(row),
  };
}

function idIn(data: string | null | undefined): { readonly messageId?: string } {
  return typeof data === "string" ? { messageId: (JSON.parse(data) as MessageRow).id } : {};
}

async function dropStandings(on: Run, rows: readonly statements.StandingRow[]): Promise<void> {
  const names = rows.filter(({ provider_id }) => provider_id !== null).map((row) => [row.connection_id, row.provider_id]);
  if (names.length > 0) await on(statements.DROP_STANDINGS, { names: JSON.stringify(names) });
}
