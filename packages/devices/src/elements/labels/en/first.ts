import { confirm } from "./confirm.ts";
import type { Labels } from "./en.ts";
import { frame } from "./frame.ts";
import { list } from "./list.ts";
import { states } from "./states.ts";

/** The rooms whose words are there at first; the others come with the parts of the screen that they are of. */
export type FirstWords = Pick<Labels, "frame" | "list" | "states" | "confirm">;

/** Their English words. */
export const first: FirstWords = { frame, list, states, confirm };
