import type { TimeWords } from "../../state/time-words.ts";
import type { AccountDesk } from "../account-desk.ts";
import type { AccountWords } from "../account-words.ts";

/** What every picture of connecting with credentials is drawn with. */
export interface AccountContext {
  readonly words: AccountWords;
  readonly times: TimeWords;
  /** The level of the title's heading. */
  readonly level: number;
  readonly desk: AccountDesk;
  copy(text: string): void;
  /** Tries what is typed, and goes to the first field that is wrong. */
  send(): void;
  close(): void;
}
