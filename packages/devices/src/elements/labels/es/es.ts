import type { Labels } from "../en/en.ts";
import { confirm } from "./confirm.ts";
import { frame } from "./frame.ts";
import { list } from "./list.ts";
import { pairing } from "./pairing.ts";
import { states } from "./states.ts";

/** Spanish words of every room: `element.labels = es`. */
export const es: Labels = { frame, list, states, pairing, confirm };
