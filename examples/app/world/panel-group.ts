import type { WorldGroup } from "../simulated-world.ts";

/** One part of the panel: what it shows, and what its buttons do, by their ids. */
export interface PanelGroup {
  view(): WorldGroup;
  readonly acts: Readonly<Record<string, (text: string) => unknown>>;
}
