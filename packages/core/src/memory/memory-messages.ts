import type { FailureData } from "../errors/wadesk-error.ts";
import type { MessageRow } from "../model/message.ts";
import type { MessageStore, ProviderMessage } from "../ports/stores/message-store.ts";
import { climbs, type MessageStatus } from "../status/message-status.ts";
import { wholeTime } from "../time/whole-time.ts";
import { copyOf } from "./copy-of.ts";
import { pageOf } from "./page-of.ts";

interface Standing {
  readonly status: MessageStatus;
  readonly at: number;
  readonly failure?: FailureData;
}

/** Whether a workspace has a connection is asked of `isConnection`. Messages in a map, and the standing of vendor ids whose row may still be on its way. */
export function memoryMessages(isConnection: (workspaceId: string, id: string) => boolean): MessageStore {
  const rows = new Map<string, MessageRow>();
  const idByKey = new Map<string, string>();
  const idByProvider = new Map<string, string>();
  const standings = new Map<string, Standing>();

  const rowOf = (workspaceId: string, id: string): MessageRow | undefined => {
    const row = rows.get(id);
    return row?.workspaceId === workspaceId ? row : undefined;
  };
  const byKey = (workspaceId: string, key: string | undefined): MessageRow | undefined =>
    key === undefined ? undefined : rows.get(idByKey.get(keyName(workspaceId, key)) ?? "");
  const apply = (row: MessageRow, { status, at, failure }: Standing): void => {
    rows.set(row.id, { ...row, status, statusAt: at, ...(failure && { failure }) });
  };
  const drop = (row: MessageRow): void => {
    rows.delete(row.id);
    if (row.idempotencyKey !== undefined) idByKey.delete(keyName(row.workspaceId, row.idempotencyKey));
    if (row.receipt === undefined) return;
    const name = providerName({ connectionId: row.connectionId, providerId: row.receipt.providerId });
    idByProvider.delete(name);
    standings.delete(name);
  };

  return {
    async insert(row) {
      const known = rowOf(row.workspaceId, row.id) ?? byKey(row.workspaceId, row.idempotencyKey);
      if (known !== undefined) return copyOf(known);
      rows.set(row.id, { ...copyOf(row), createdAt: wholeTime(row.createdAt), statusAt: wholeTime(row.statusAt) });
      if (row.idempotencyKey !== undefined) idByKey.set(keyName(row.workspaceId, row.idempotencyKey), row.id);
      return undefined;
    },
    get: async (workspaceId, id) => copyOf(rowOf(workspaceId, id)),
    byIdempotencyKey: async (workspaceId, key) => copyOf(byKey(workspaceId, key)),
    async move(workspaceId, id, from, to) {
      const row = rowOf(workspaceId, id);
      if (row?.waiting !== true || row.connectionId !== from || !isConnection(workspaceId, to)) return false;
      rows.set(id, { ...row, connectionId: to });
      return true;
    },
    async hand(workspaceId, id, connectionId) {
      const row = rowOf(workspaceId, id);
      if (row?.waiting !== true || row.connectionId !== connectionId) return false;
      rows.set(id, handed(row));
      return true;
    },
    async accept(workspaceId, id, receipt) {
      const row = rowOf(workspaceId, id);
      if (row === undefined) return;
      const accepted = { ...handed(row), receipt: { ...receipt } };
      rows.set(id, accepted);
      const name = providerName({ connectionId: row.connectionId, providerId: receipt.providerId });
      idByProvider.set(name, id);
      const early = standings.get(name);
      if (early === undefined) standings.set(name, { status: row.status, at: row.statusAt });
      else apply(accepted, early);
    },
    async forget(workspaceId, id) {
      const row = rowOf(workspaceId, id);
      if (row !== undefined) drop(row);
    },
    async advanceStatus(message, status, at, failure) {
      const name = providerName(message);
      const messageId = idByProvider.get(name);
      const known = messageId === undefined ? {} : { messageId };
      const current = standings.get(name);
      if (current !== undefined && !climbs(current.status, status)) return { result: "stale", standing: current.status, ...known };
      const next = { status, at: wholeTime(at), ...(failure && { failure: copyOf(failure) }) };
      standings.set(name, next);
      const row = rows.get(messageId ?? "");
      if (row !== undefined) apply(row, next);
      return { result: "advanced", standing: status, ...known };
    },
    async list(workspaceId, page) {
      const ofWorkspace = [...rows.values()].filter((row) => row.workspaceId === workspaceId);
      return pageOf(ofWorkspace, ({ createdAt, id }) => [createdAt, id], page);
    },
    async prune(before, limit) {
      const old = [...rows.values()].filter((row) => row.createdAt < before).slice(0, limit);
      for (const row of old) drop(row);
      const strays = [...standings].filter(([name, { at }]) => at < before && !idByProvider.has(name)).slice(0, limit - old.length);
      for (const [name] of strays) standings.delete(name);
      return old.length + strays.length;
    },
    async deleteOfConnection(workspaceId, connectionId) {
      for (const row of rows.values()) if (row.workspaceId === workspaceId && row.connectionId === connectionId) drop(row);
      const start = `${JSON.stringify([connectionId]).slice(0, -1)},`;
      for (const name of standings.keys()) if (name.startsWith(start)) standings.delete(name);
    },
    async deleteOfWorkspace(workspaceId) {
      for (const row of rows.values()) if (row.workspaceId === workspaceId) drop(row);
    },
  };
}

function handed({ waiting: _, ...row }: MessageRow): MessageRow {
  return row;
}

function keyName(workspaceId: string, idempotencyKey: string): string {
  return JSON.stringify([workspaceId, idempotencyKey]);
}

function providerName({ connectionId, providerId }: ProviderMessage): string {
  return JSON.stringify([connectionId, providerId]);
}
