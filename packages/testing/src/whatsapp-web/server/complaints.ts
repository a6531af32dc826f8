import type { Changes } from "./changes.ts";

/** What a client did that WhatsApp Web's protocol does not know, and scripts of a test that failed. Each fails the test: at the next wait, and when the server closes. */
export interface Complaints {
  readonly list: readonly string[];
  add(complaint: string): void;
  /** Answers the complaints and forgets them, for a test that provoked them. */
  take(): readonly string[];
  /** Throws when there are any. */
  assertNone(): void;
}

/** No complaints yet. Where somebody hears them, nothing fails by one. */
export function complaints(changes: Changes, hear?: (complaint: string) => void): Complaints {
  let list: string[] = [];
  const error = (): Error => new Error(`the WhatsApp Web server complains:\n${list.join("\n")}`);
  return {
    get list() {
      return [...list];
    },
    add: (complaint) => {
      if (hear !== undefined) {
        hear(complaint);
        return;
      }
      list.push(complaint);
      changes.fail(error());
    },
    take: () => {
      const taken = list;
      list = [];
      changes.fail(undefined);
      return taken;
    },
    assertNone: () => {
      if (list.length > 0) throw error();
    },
  };
}
