import type { AnyChannel, Wadesk } from "@wadesk/core";
import type { SimulatedWorld } from "../simulated-world.ts";
import { anaGroup } from "./ana.ts";
import { metaGroup, twilioGroup } from "./consoles.ts";
import { bridgeGroup } from "./bridge-group.ts";
import type { FakeWorld } from "./fake-world.ts";
import type { PanelGroup } from "./panel-group.ts";
import { phoneGroup, type ShownSteps, wrongPhoneGroup } from "./shop-phones.ts";

/** What the panel listens to. */
type PanelClient = Pick<Wadesk<AnyChannel>, "on" | "settings">;

/** The panel at the side of the pages, over the simulated vendors: what a phone sees of a QR is what the screen shows. */
export function openPanel(world: FakeWorld, wadesk: PanelClient): SimulatedWorld {
  const shown: ShownSteps = {};
  wadesk.on("connection.step", ({ step }) => {
    if (step.type === "qr") {
      shown.qr = step;
      // the page with all phones scans the same one
      void world.phones.hand(step.text).catch(() => undefined);
    }
    if (step.type === "code") shown.code = step;
  });
  const groups: readonly PanelGroup[] = [
    ...world.phones.ofShop.map((phone) => phoneGroup(phone, shown)),
    wrongPhoneGroup(world.phones.stranger, shown),
    bridgeGroup(world.bridge),
    anaGroup(world, wadesk.settings),
    metaGroup(world.meta),
    twilioGroup(world.twilio),
  ];
  const acts = new Map(groups.flatMap((group) => Object.entries(group.acts)));
  return {
    view: () => ({ groups: groups.map((group) => group.view()) }),
    async act(action, text) {
      const run = acts.get(action);
      if (run === undefined) throw new Error("there is no such button");
      await run(text);
    },
  };
}
