import type { ListState } from "../../../../packages/devices/src/elements/state/list.ts";
import type { Pairing } from "../../../../packages/devices/src/elements/state/pairing.ts";
import type { Standing } from "../../../../packages/devices/src/elements/state/standing.ts";
import type { Confirmation } from "../../../../packages/devices/src/elements/views/confirm.ts";
import { ACCOUNT_PICTURES } from "./account-pictures.ts";
import { ofStub, type Picture } from "./picture.ts";
import { ASKING_PICTURES, SETTINGS_PICTURES } from "./settings-pictures.ts";
import { VIEWS } from "./views.ts";

/** Every picture of both elements. */
export const PICTURES: readonly Picture[] = [
  ...VIEWS.map(ofStub),
  ...Object.values(ACCOUNT_PICTURES).flat(),
  ...Object.values(SETTINGS_PICTURES).flat(),
  ...Object.values(ASKING_PICTURES),
];

type Names<Kind extends string> = Readonly<Record<Kind, string>>;

/** Of the states that have no table of their own, a picture of each: one that is new does not compile without. */
export const SHOWN = {
  list: { loading: "devices-loading", failed: "devices-error", shown: "devices" } satisfies Names<ListState["kind"]>,
  pairing: { start: "add-start", asking: "add-asking", running: "add-qr", ended: "add-failed", ready: "add-ready" } satisfies Names<
    Pairing["kind"]
  >,
  standing: {
    connecting: "devices-loading",
    live: "devices",
    interrupted: "devices-interrupted",
    offline: "devices-offline",
    "signed-out": "devices-signed-out",
  } satisfies Names<Standing["kind"]>,
  asks: { disconnect: "confirm-disconnect", remove: "confirm-remove" } satisfies Names<Confirmation["asks"]>,
};

/** Those that are looked at in every theme and width with every change: one of each kind of page, and the fullest of them. */
export const IN_EVERY_LOOK: ReadonlySet<string> = new Set([
  "devices",
  "devices-banners",
  "devices-many",
  "add-qr",
  "confirm-remove",
  "waba",
  "account-form",
  "account-refused",
  "twilio-card",
  "settings-cloud-api",
]);
