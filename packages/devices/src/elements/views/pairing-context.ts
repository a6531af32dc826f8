import type { Labels } from "../labels/en/en.ts";
import type { FirstWords } from "../labels/en/first.ts";
import type { PairingForm, PairingPart } from "../state/pairing.ts";

/** What adding a device is drawn with. */
export interface PairingContext {
  readonly words: FirstWords & Pick<Labels, "pairing">;
  readonly channel: string;
  /** The title of the list to which one goes back. */
  readonly listTitle: string;
  /** The server's time, by which a QR ends. */
  readonly now: number;
  /** How long until a bridge that did not answer is tried again, in milliseconds. */
  readonly retryIn: number | undefined;
  readonly isOperator: boolean;
  /** The helper services by name, where there are any. */
  readonly bridges: readonly string[];
  /** The time of day, for the details that support asks for. */
  clock(at: number): string;
  type(part: PairingPart, value: string): void;
  check(): void;
  begin(method: PairingForm["method"]): Promise<void>;
  again(method: PairingForm["method"]): void;
  change(): void;
  cancel(): void;
  leave(): void;
  another(): void;
  copy(text: string): void;
  openSettings(): void;
}

/** What stands in the slot of the QR and beside it. */
export interface Halves {
  readonly slot: unknown;
  readonly main: unknown;
  /** Whether the slot is only drawn where there is room beside it. */
  readonly onlyWide?: boolean;
  /** Whether the slot says that something failed. */
  readonly alert?: boolean;
}
