import type { Connection, MessageRow, OwnedEvent, Page, PageRequest } from "@wadesk/core";
import { connectionOf as anyConnection, messageRowOf, receivedText } from "../../builders/rows.ts";

/** Ten of something, for the races. */
export function ten<Each>(make: (index: number) => Each): Each[] {
  return Array.from({ length: 10 }, (_, index) => make(index));
}

/** A connection's row: fresh, and nobody's primary. */
export function connectionOf(partial: Partial<Connection> = {}): Connection {
  return anyConnection({ id: "con_1", channel: "echo", primary: false, version: 0, ...partial });
}

/** A message's row before the vendor has answered. */
export function messageOf(partial: Partial<MessageRow> = {}): MessageRow {
  const { receipt: _accepted, ...row } = messageRowOf({ connectionId: "con_1", ...partial });
  return row;
}

/** An event of a contact. */
export function eventOf(partial: {
  readonly id: string;
  readonly contact?: string;
  readonly workspaceId?: string;
  readonly connectionId?: string;
}): OwnedEvent {
  const { id, contact = "ana", connectionId = "con_1", workspaceId = "acme" } = partial;
  return receivedText({ messageId: id, phone: contact, connectionId, workspaceId });
}

/** The rest of a list from a cursor on, page by page. */
export async function restOf<Item>(
  read: (page: PageRequest) => Promise<Page<Item>>,
  limit = 100,
  from?: string | undefined,
): Promise<readonly Item[]> {
  const all: Item[] = [];
  let cursor = from;
  // a list that never ends must fail, not hang
  for (let pages = 0; pages < 2000; pages += 1) {
    const page = await read({ limit, ...(cursor !== undefined && { cursor }) });
    all.push(...page.items);
    if (page.next === undefined) return all;
    cursor = page.next;
  }
  throw new Error("the list never ends");
}

const LONG = "x".repeat(100_000);

/** Texts that databases change, mistake for each other or refuse: each is another one, and comes back as it is. */
export const HOSTILE_TEXTS: readonly string[] = [
  "nul\0",
  "nul\0\0",
  "nul",
  "\ud800",
  "\udbff",
  "\udc00\ud800",
  "\ufffd",
  "\\ud800",
  "\\u0000",
  "twin",
  "Twin",
  "twin ",
  " twin",
  "twin\n",
  "caf\u00e9",
  "cafe\u0301",
  "%",
  "_",
  "\\",
  '\'; drop table "x" --',
  '["a","b"]',
  "\u{1f469}\u200d\u{1f467}",
  `${LONG}a`,
  `${LONG}b`,
  `${LONG}\0`,
];
