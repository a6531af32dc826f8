import type { MessageRow } from "@wadesk/core";
import { broken, type Flaw, later } from "./flaw.ts";

/** What may be wrong with a storage's messages. */
export const MESSAGE_FLAWS: readonly Flaw[] = [
  [
    "looks for the idempotency key first and inserts later",
    "messages are inserted once per idempotency key and workspace, even when ten inserts race",
    broken("messages", (own) => ({
      insert: async ({ idempotencyKey, ...row }) => {
        const known = await own.byIdempotencyKey(row.workspaceId, idempotencyKey ?? "");
        await later();
        return known ?? own.insert(row);
      },
    })),
  ],
  [
    "has one room of keys for every workspace",
    "messages are inserted once per idempotency key and workspace, even when ten inserts race",
    broken("messages", (own) => ({
      insert: async (row) => (await own.byIdempotencyKey("acme", row.idempotencyKey ?? "")) ?? own.insert(row),
    })),
  ],
  [
    "answers the row it was given, not the one that is there",
    "messages are inserted once per id, even when ten inserts race, and the one that was first is answered",
    broken("messages", (own) => ({ insert: async (row) => ((await own.insert(row)) ? row : undefined) })),
  ],
  [
    "shows a message to every workspace",
    "messages come back as they were stored, and are never shown to another workspace",
    broken("messages", (own) => ({ get: async (workspaceId, id) => (await own.get(workspaceId, id)) ?? own.get("acme", id) })),
  ],
  [
    "loses why a message failed",
    "messages come back as they were stored, and are never shown to another workspace",
    broken("messages", (own) => ({ insert: ({ failure: _gone, ...row }) => own.insert(row) })),
  ],
  [
    "keeps the key of a forgotten message",
    "messages free their idempotency key when they are forgotten",
    broken("messages", (own) => {
      let first: MessageRow | undefined;
      return {
        insert: async (row) => {
          first ??= row;
          return first === row ? own.insert(row) : first;
        },
      };
    }),
  ],
  [
    "takes whatever status came last",
    "messages only climb the ladder, whatever order updates arrive in",
    broken("messages", (own) => ({
      advanceStatus: async (message, status, at) => ({
        ...(await own.advanceStatus(message, status, at)),
        result: "advanced",
        standing: status,
      }),
    })),
  ],
  [
    "drops a status whose message it does not know",
    "messages take over a status that arrived before their own row, and one that arrived before their receipt",
    broken("messages", (own) => {
      const accepted = new Set<string>();
      return {
        accept: async (workspaceId, id, receipt) => {
          accepted.add(receipt.providerId);
          await own.accept(workspaceId, id, receipt);
        },
        advanceStatus: async (message, status, at, failure) =>
          accepted.has(message.providerId) ? own.advanceStatus(message, status, at, failure) : { result: "advanced", standing: status },
      };
    }),
  ],
  [
    "reads the standing first and writes later",
    "messages keep one standing when ten updates race",
    broken("messages", (own) => {
      let standing = 0;
      const rank = ["queued", "sent", "failed", "delivered", "read"];
      return {
        advanceStatus: async (message, status, at) => {
          const before = standing;
          await later();
          if (rank.indexOf(status) <= before) return { result: "stale", standing: status };
          standing = rank.indexOf(status);
          await own.advanceStatus(message, status, at);
          return { result: "advanced", standing: status };
        },
      };
    }),
  ],
  [
    "writes a receipt over the status that came meanwhile",
    "messages lose no status that arrives while the receipt is written",
    broken("messages", (own) => {
      const lost = new Set<string>();
      return {
        accept: async (workspaceId, id, receipt) => {
          lost.add(id);
          await later();
          await own.accept(workspaceId, id, receipt);
        },
        get: async (workspaceId, id) => {
          const row = await own.get(workspaceId, id);
          return row && lost.has(id) ? { ...row, status: "queued" } : row;
        },
      };
    }),
  ],
  [
    "drops the failure of a status",
    "messages keep the reason of a failure",
    broken("messages", (own) => ({ advanceStatus: (message, status, at) => own.advanceStatus(message, status, at) })),
  ],
  [
    "takes a vendor's id for unique",
    "messages of two connections do not mix, though the vendor gave both the same id",
    broken("messages", (own) => ({
      advanceStatus: (message, status, at, failure) => own.advanceStatus({ ...message, connectionId: "con_1" }, status, at, failure),
    })),
  ],
  [
    "lists newest first",
    "messages are listed oldest first, page by page, each workspace its own",
    broken("messages", (own) => ({
      list: async (workspaceId) => ({ items: (await own.list(workspaceId, { limit: 99 })).items.toReversed() }),
    })),
  ],
  [
    "counts from the start for its cursor",
    "messages are listed on in place when rows come and go between pages, the one of the cursor too",
    broken("messages", (own) => ({
      list: async (workspaceId, { limit, cursor }) => {
        const { items } = await own.list(workspaceId, { limit: 99 });
        const end = Number(cursor ?? 0) + limit;
        return { items: items.slice(end - limit, end), ...(items.length > end && { next: String(end) }) };
      },
    })),
  ],
  [
    "prunes without a limit",
    "messages are forgotten by age, at most so many at once, with their keys",
    broken("messages", (own) => ({ prune: (before) => own.prune(before, 1000) })),
  ],
  [
    "prunes what is exactly as old, too",
    "messages are forgotten by age, at most so many at once, with their keys",
    broken("messages", (own) => ({ prune: (before, limit) => own.prune(before + 1, limit) })),
  ],
  [
    "keeps a status that nobody asks for",
    "messages are not waited for by an old status for ever",
    broken("messages", () => ({ prune: async () => 0 })),
  ],
  [
    "keeps where the messages of a removed connection stood",
    "messages go with their connection, and where they stood goes too",
    broken("messages", (own) => ({
      deleteOfConnection: async (workspaceId, connectionId) => {
        for (const row of (await own.list(workspaceId, { limit: 99 })).items) {
          if (row.connectionId === connectionId) await own.forget(workspaceId, row.id);
        }
        await own.advanceStatus({ connectionId, providerId: "wamid.1" }, "read", 10);
      },
    })),
  ],
  [
    "removes the messages of one workspace and keeps their keys",
    "messages go with their workspace",
    broken("messages", (own) => {
      let kept: MessageRow | undefined;
      return {
        deleteOfWorkspace: async (workspaceId) => {
          kept = await own.byIdempotencyKey(workspaceId, "order");
          await own.deleteOfWorkspace(workspaceId);
        },
        byIdempotencyKey: async () => kept,
      };
    }),
  ],
  [
    "turns a broken letter into a replacement",
    "messages come back and are told apart, whatever their texts hold",
    broken("messages", (own) => ({ insert: (row) => own.insert({ ...row, fingerprint: row.fingerprint.toWellFormed() }) })),
  ],
  [
    "leaves the row of a moved message as it was",
    "waiting messages move to another connection of their workspace, and back, and stay what they were",
    broken("messages", () => ({ move: async () => true })),
  ],
  [
    "moves a message to whatever it is told",
    "waiting messages do not move from where they are not, to where nothing is, to another workspace, or for another workspace",
    broken("messages", (own) => ({
      move: async (workspaceId, id, from, to) => {
        const row = await own.get(workspaceId, id);
        if (row?.waiting !== true || row.connectionId !== from) return false;
        await own.forget(workspaceId, id);
        await own.insert({ ...row, connectionId: to });
        return true;
      },
    })),
  ],
  [
    "forgets that a message was handed over",
    "waiting messages do not move once they were handed over, accepted, or when they never waited",
    broken("messages", (own) => ({
      hand: async (workspaceId, id, connectionId) => (await own.get(workspaceId, id))?.connectionId === connectionId,
    })),
  ],
  [
    "looks whether a message waits, and hands it over later",
    "waiting messages are moved or handed over by one of ten that race, and never both",
    broken("messages", (own) => ({
      hand: async (workspaceId, id, connectionId) => {
        const row = await own.get(workspaceId, id);
        await later();
        await own.hand(workspaceId, id, connectionId);
        return row?.waiting === true && row.connectionId === connectionId;
      },
    })),
  ],
  [
    "forgets with a connection what was once its own",
    "waiting messages belong to where they are: a receipt and a removal find them there",
    broken("messages", (own) => {
      const first = new Map<string, string>();
      return {
        insert: (row) => {
          first.set(row.id, row.connectionId);
          return own.insert(row);
        },
        deleteOfConnection: async (workspaceId, connectionId) => {
          for (const [id, former] of first) if (former === connectionId) await own.forget(workspaceId, id);
        },
      };
    }),
  ],
  [
    "cuts the names of a move after 255 letters",
    "waiting messages move whatever their names hold",
    broken("messages", (own) => ({
      move: (workspaceId, id, from, to) => own.move(workspaceId.slice(0, 255), id.slice(0, 255), from.slice(0, 255), to.slice(0, 255)),
    })),
  ],
];
