import { html } from "lit";
import { fieldWords } from "../../account/words-of.ts";
import type { Asking } from "../state/settings.ts";
import type { Asked } from "./asking.ts";
import type { PanelContext } from "./context.ts";
import { dateOf } from "./secret.ts";

/** What is asked about one channel's settings. */
export function panelAsked(asking: Exclude<Asking, { readonly type: "switch" }>, context: PanelContext): Asked {
  const { words } = context;
  const { panel } = words;
  switch (asking.type) {
    case "retire": {
      const name = asking.path.split(".").at(-1) ?? "";
      const { label } = fieldWords(words, "settings", asking.channel, { name });
      const title = panel.retireTitle(label, dateOf(asking.mark, context));
      return {
        title,
        body: html`<p>${panel.retireTexts[name] ?? panel.retireText}</p>`,
        verb: panel.retireDo,
        doing: panel.retiring,
        danger: true,
      };
    }
    case "remove-group": {
      const [group = "", name = ""] = asking.path.split(".");
      const title = panel.groupRemoveTitle(panel.groupTitle(panel.groups[group] ?? group, name));
      return {
        title,
        body: html`<p>${panel.groupRemoveText}</p>`,
        verb: panel.groupRemoveDo,
        doing: panel.groupRemoveDo,
        danger: true,
      };
    }
  }
}
