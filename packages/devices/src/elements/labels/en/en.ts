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

/** Every word on the screen by room and key; a function where a value goes in. English is the contract: another language that lacks one does not compile. */
export interface Labels {
  readonly frame: typeof frame;
  readonly list: typeof list;
  readonly states: typeof states;
  readonly pairing: typeof pairing;
  readonly confirm: typeof confirm;
  readonly account: typeof account;
  readonly fields: typeof fields;
  readonly failures: typeof failures;
  readonly settings: typeof settings;
  readonly panel: typeof panel;
}

/** English. */
export const en: Labels = { frame, list, states, pairing, confirm, account, fields, failures, settings, panel };
