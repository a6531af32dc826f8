import type { Labels } from "../en/en.ts";
import { account } from "./account.ts";
import { confirm } from "./confirm.ts";
import { failures } from "./failures.ts";
import { fields } from "./fields.ts";
import { frame } from "./frame.ts";
import { list } from "./list.ts";
import { pairing } from "./pairing.ts";
import { panel } from "./panel.ts";
import { settings } from "./settings.ts";
import { states } from "./states.ts";

/** Portuguese words of every room: `element.labels = pt`. */
export const pt: Labels = { frame, list, states, pairing, confirm, account, fields, failures, settings, panel };
