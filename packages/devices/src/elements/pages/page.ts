import type { LitElement } from "lit";
import type { Clock } from "../client/clock.ts";
import type { FirstWords } from "../labels/en/first.ts";
import type { LabelChanges } from "../labels/with-changes.ts";
import type { DevicesScreen } from "../screens/devices-screen.ts";

/** What a page of the devices screen is drawn with. */
export interface Page {
  readonly host: LitElement;
  readonly screen: DevicesScreen;
  readonly words: FirstWords;
  /** What replaces some of all words. */
  readonly labels: LabelChanges;
  /** BCP 47. */
  readonly language: string;
  readonly clock: Clock;
  readonly headingLevel: number;
  readonly pageSize: number;
  readonly layout: "auto" | "cards" | "list";
  readonly readonly: boolean;
  layOut(as: "cards" | "list"): void;
  copy(text: string): void;
}
