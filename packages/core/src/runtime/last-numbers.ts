import { type Contact, phoneKey } from "../model/contact.ts";
import type { Clock } from "../time/clock.ts";
import { pagesOf } from "../ports/stores/pages-of.ts";
import type { RecordStore, TimedValue } from "../ports/stores/record-store.ts";
import { shareReads } from "./share-reads.ts";

/** A contact, and the connection that it last spoke with. `at` is milliseconds since the epoch. */
export interface LastNumber {
  readonly contact: Contact;
  readonly connectionId: string;
  readonly at: number;
}

/** Which connection each contact last spoke with: one small record for each of a contact's names, in which the other one stands. */
export interface LastNumbers {
  /** Something was said, by whichever side. Writes only what is news: another connection, another name, or a minute's difference. */
  note(workspaceId: string, said: LastNumber): Promise<void>;
  /** The id of the connection, by whichever names the contact has. */
  of(workspaceId: string, contact: Contact): Promise<string | undefined>;
  /** All of a workspace. */
  all(workspaceId: string): AsyncGenerator<LastNumber>;
  /** Forgets what was said over one connection. */
  forgetConnection(workspaceId: string, connectionId: string): Promise<void>;
  forgetWorkspace(workspaceId: string): Promise<void>;
}

/** What is stored under a name. `also` is the same contact's other name. */
interface Stored {
  readonly connectionId: string;
  readonly at: number;
  readonly also?: string;
  /** As it was spelled, under the phone's name. */
  readonly phone?: string;
}

/** How the names of contacts begin. */
const [LID, USER, PHONE] = ["lid:", "user:", "phone:"] as const;
const NEWS_MS = 60_000;
const KEEP_MS: number = 180 * 24 * 60 * 60 * 1000;

/** Makes them, over a storage's records. What is said in one turn, or while a write of the same workspace is under way, is written together. */
export function createLastNumbers(records: RecordStore, clock: Clock): LastNumbers {
  const { now } = clock;
  const underWay = new Map<string, Promise<void>>();
  const waiting = new Map<string, { readonly notes: LastNumber[]; readonly written: Promise<void> }>();

  const read = async (workspaceId: string, names: readonly string[]): Promise<ReadonlyMap<string, Stored>> => {
    const found = await records.get(namespaceOf(workspaceId), names);
    return new Map(
      [...found].flatMap(([name, value]) => {
        const stored = readStored(value);
        return stored === undefined ? [] : [[name, stored]];
      }),
    );
  };
  const readTogether = shareReads(clock, (workspaceId: string, ...names: readonly string[]) => read(workspaceId, names));
  const write = async (workspaceId: string, notes: readonly LastNumber[]): Promise<void> => {
    const known = new Map(await read(workspaceId, [...new Set(notes.flatMap(({ contact }) => namesOf(contact)))]));
    const changes = new Map<string, TimedValue>();
    const expiresAt = now() + KEEP_MS;
    for (const note of notes) {
      for (const [name, stored] of newsIn(note, known)) {
        known.set(name, stored);
        changes.set(name, { value: new TextEncoder().encode(JSON.stringify(stored)), expiresAt });
      }
    }
    if (changes.size > 0) await records.set(namespaceOf(workspaceId), changes);
  };
  const begin = (workspaceId: string, notes: readonly LastNumber[]): Promise<void> => {
    const writing = write(workspaceId, notes);
    underWay.set(workspaceId, writing);
    const end = (): void => {
      if (underWay.get(workspaceId) === writing) underWay.delete(workspaceId);
    };
    writing.then(end, end);
    return writing;
  };

  return {
    note(workspaceId, said) {
      if (namesOf(said.contact).length === 0) return Promise.resolve();
      const group = waiting.get(workspaceId);
      if (group !== undefined) {
        group.notes.push(said);
        return group.written;
      }
      // a first one waits for its turn's others too: written before them, it would end before them, and what settles together is one transaction
      const before = underWay.get(workspaceId) ?? Promise.resolve();
      const notes = [said];
      const next = (): Promise<void> => {
        waiting.delete(workspaceId);
        return begin(workspaceId, notes);
      };
      const written = before.then(next, next);
      waiting.set(workspaceId, { notes, written });
      return written;
    },
    async of(workspaceId, contact) {
      const found = [...(await readTogether(workspaceId, ...namesOf(contact))).values()];
      return found.sort((left, right) => right.at - left.at)[0]?.connectionId;
    },
    async *all(workspaceId) {
      for await (const names of groupsOf(records, workspaceId))
        for (const [name, { connectionId, at, phone }] of await read(workspaceId, names))
          yield { contact: contactOf(name, phone), connectionId, at };
    },
    async forgetConnection(workspaceId, connectionId) {
      for await (const names of groupsOf(records, workspaceId)) {
        const theirs = [...(await read(workspaceId, names))].filter(([, stored]) => stored.connectionId === connectionId);
        if (theirs.length > 0) await records.set(namespaceOf(workspaceId), new Map(theirs.map(([name]) => [name, undefined])));
      }
    },
    forgetWorkspace: (workspaceId) => records.clear(namespaceOf(workspaceId)),
  };
}

/** What a note changes, by name. One name that is known tells the other, so that both say the same whichever the next note has. */
function newsIn({ contact, connectionId, at }: LastNumber, known: ReadonlyMap<string, Stored>): readonly (readonly [string, Stored])[] {
  const [first = "", second = known.get(first)?.also] = namesOf(contact);
  const pairs: readonly (readonly [string, string | undefined])[] =
    second === undefined
      ? [[first, undefined]]
      : [
          [first, second],
          [second, first],
        ];
  const isNews = ([name, also]: readonly [string, string | undefined]): boolean => {
    const stored = known.get(name);
    if (stored === undefined || (also !== undefined && stored.also !== also)) return true;
    // of what was said at the same moment, which vendors tell in seconds, the last one that came counts
    return at >= stored.at && (stored.connectionId !== connectionId || at >= stored.at + NEWS_MS);
  };
  // the other name of a contact that is called by one is not read, and says what this one says
  if (!pairs.slice(0, namesOf(contact).length).some(isNews)) return [];
  const latest = pairs.map(([name]) => known.get(name)).findLast((stored) => stored !== undefined && stored.at > at);
  const said = latest === undefined ? { connectionId, at } : { connectionId: latest.connectionId, at: latest.at };
  return pairs.map(([name, also]) => {
    const phone = name.startsWith(PHONE) ? (contact.phone ?? known.get(name)?.phone) : undefined;
    return [name, { ...said, ...(also !== undefined && { also }), ...(phone !== undefined && { phone }) }];
  });
}

async function* groupsOf(records: RecordStore, workspaceId: string): AsyncGenerator<readonly string[]> {
  let names: string[] = [];
  for await (const { key } of pagesOf((page) => records.list(namespaceOf(workspaceId), page))) {
    names.push(key);
    if (names.length < 200) continue;
    yield names;
    names = [];
  }
  if (names.length > 0) yield names;
}

// quoted, so that none begins like another
function namespaceOf(workspaceId: string): string {
  return `spoke/${JSON.stringify(workspaceId)}/`;
}

/** The id that lasts, then the phone. */
function namesOf({ lid, userId, phone }: Contact): readonly string[] {
  const id = lid ? LID + lid : userId && USER + userId;
  return [...(id ? [id] : []), ...(phone === undefined ? [] : [PHONE + phoneKey(phone)])];
}

function contactOf(name: string, phone: string | undefined): Contact {
  if (name.startsWith(PHONE)) return { phone: phone ?? name.slice(PHONE.length) };
  return name.startsWith(LID) ? { lid: name.slice(LID.length) } : { userId: name.slice(USER.length) };
}

function readStored(value: Uint8Array): Stored | undefined {
  try {
    const stored: unknown = JSON.parse(new TextDecoder().decode(value));
    return isStored(stored) ? stored : undefined;
  } catch {
    // changed by other hands: what is said next writes it anew
    return undefined;
  }
}

function isStored(value: unknown): value is Stored {
  if (typeof value !== "object" || value === null || !("connectionId" in value) || !("at" in value)) return false;
  return typeof value.connectionId === "string" && typeof value.at === "number";
}
