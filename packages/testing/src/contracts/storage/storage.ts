import type { Storage } from "@wadesk/core";
import { describe } from "vitest";
import { connectionPromises } from "./connections.ts";
import { inboxPromises } from "./inbox.ts";
import { inboxOrderPromises } from "./inbox-order.ts";
import { messagePromises } from "./messages.ts";
import { leasePromises, recordPromises } from "./records.ts";

/** Opens an empty storage whose time is what the contract moves. */
export type OpenStorage = (time: { readonly now: () => number }) => Promise<Storage>;

/** A storage under test, and its time. */
export interface StorageUnderTest {
  readonly storage: Storage;
  /** Moves the time on, in milliseconds. */
  readonly pass: (milliseconds: number) => void;
  readonly now: () => number;
}

/** The promises that every storage keeps. Call it once from the adapter's own test file. */
export function storageContract(name: string, open: OpenStorage): void {
  const begin = async (): Promise<StorageUnderTest> => {
    let now = 1_760_000_000_000;
    const storage = await open({ now: () => now });
    return {
      storage,
      now: () => now,
      pass: (milliseconds) => {
        now += milliseconds;
      },
    };
  };
  describe(`${name} keeps the storage contract`, () => {
    connectionPromises(begin);
    messagePromises(begin);
    inboxPromises(begin);
    inboxOrderPromises(begin);
    recordPromises(begin);
    leasePromises(begin);
  });
}
