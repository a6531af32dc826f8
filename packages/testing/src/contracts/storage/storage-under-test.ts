import type { Storage } from "@wadesk/core";

/** A storage under test, and its time. */
export interface StorageUnderTest {
  readonly storage: Storage;
  /** Moves the time on, in milliseconds. */
  readonly pass: (milliseconds: number) => void;
  readonly now: () => number;
}
