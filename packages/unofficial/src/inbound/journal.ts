import { createHash } from "node:crypto";
import type { SealedRecords } from "@wadesk/core/ports";
import type { StanzaAttributes } from "./read-stanza.ts";

/** A message that was decrypted: the attributes of its stanza, and what it said. */
export interface JournalEntry {
  readonly attrs: StanzaAttributes;
  readonly plaintext: Uint8Array;
}

/** The messages that were decrypted and are not through yet, each by a name of its own. */
export interface Journal {
  /** What is stored of one, together with the ratchet that its ciphertext has moved. */
  enter(name: string, ciphertext: Uint8Array, entry: JournalEntry): ReadonlyMap<string, Uint8Array>;
  /** What a ciphertext said, where that is not through yet. */
  find(ciphertext: Uint8Array, attrs: StanzaAttributes): JournalEntry | undefined;
  /** Whether something of a message is not through. */
  has(name: string): boolean;
  /** Everything of these messages is through; answers what is stored of that. */
  close(names: readonly string[]): ReadonlyMap<string, undefined>;
  /** Reads what an earlier session left, the oldest first; `nameOf` names each. */
  left(nameOf: (entry: JournalEntry) => string): Promise<readonly JournalEntry[]>;
}

const PREFIX = "in/";
const PAGE = 500;

interface Row {
  readonly attrs: StanzaAttributes;
  readonly plaintext: string;
  /** In which order they came. */
  readonly order: number;
}

/** That of one connection, in its records. */
export function createJournal(records: Pick<SealedRecords, "get" | "list">, now: () => number): Journal {
  const entries = new Map<string, JournalEntry>();
  const recordsOf = new Map<string, Set<string>>();
  let last = 0;
  const note = (name: string, record: string, entry: JournalEntry): void => {
    entries.set(record, entry);
    recordsOf.set(name, (recordsOf.get(name) ?? new Set()).add(record));
  };
  return {
    enter(name, ciphertext, entry) {
      const record = recordOf(ciphertext, entry.attrs);
      // more than one in a millisecond stay in order
      last = Math.max(last + 1, now());
      note(name, record, entry);
      const row: Row = { attrs: entry.attrs, plaintext: Buffer.from(entry.plaintext).toString("base64"), order: last };
      return new Map([[record, new TextEncoder().encode(JSON.stringify(row))]]);
    },
    find: (ciphertext, attrs) => entries.get(recordOf(ciphertext, attrs)),
    has: (name) => recordsOf.has(name),
    close(names) {
      const over = names.flatMap((name) => [...(recordsOf.get(name) ?? [])]);
      for (const name of names) recordsOf.delete(name);
      for (const record of over) entries.delete(record);
      return new Map(over.map((record) => [record, undefined]));
    },
    async left(nameOf) {
      const rows: (Row & { readonly record: string })[] = [];
      let cursor: string | undefined;
      do {
        const page = await records.list({ prefix: PREFIX, limit: PAGE, ...(cursor !== undefined && { cursor }) });
        const values = await records.get(page.items.map(({ key }) => key));
        for (const [record, value] of values) rows.push({ ...(JSON.parse(new TextDecoder().decode(value)) as Row), record });
        cursor = page.next;
      } while (cursor !== undefined);
      rows.sort((one, other) => one.order - other.order);
      return rows.map(({ record, attrs, plaintext, order }) => {
        const entry = { attrs, plaintext: new Uint8Array(Buffer.from(plaintext, "base64")) };
        last = Math.max(last, order);
        note(nameOf(entry), record, entry);
        return entry;
      });
    },
  };
}

// a message to a group has two ciphertexts, and one that is asked for again another
function recordOf(ciphertext: Uint8Array, { id = "" }: StanzaAttributes): string {
  return `${PREFIX}${id}/${createHash("sha256").update(ciphertext).digest("hex").slice(0, 32)}`;
}
