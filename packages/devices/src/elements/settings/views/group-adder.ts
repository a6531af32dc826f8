import { html, type TemplateResult } from "lit";
import { button } from "../../views/button.ts";
import { groupIn, type PanelState } from "../state/panel.ts";
import type { PanelContext } from "./context.ts";

const NAME = /^[A-Za-z0-9][\w-]{0,39}$/;

/** Where another set of a group is begun by its name, such as another bridge. */
export function groupAdder(group: string, state: PanelState, { words, desk }: PanelContext): TemplateResult {
  const { panel } = words;
  const { channel } = state.settings;
  const taken = [...Object.keys(groupIn(state.settings, group)), ...(state.added[group] ?? [])].filter(
    (name) => !state.removed.includes(`${group}.${name}`),
  );
  const id = `${group}-new`;
  const add = (event: Event): void => {
    const root = (event.target as HTMLElement).closest(".field");
    const input = root?.querySelector("input");
    const name = input?.value.trim() ?? "";
    const fits = NAME.test(name) && !taken.includes(name);
    if (fits) input?.removeAttribute("aria-invalid");
    else input?.setAttribute("aria-invalid", "true");
    root?.querySelector(".err")?.toggleAttribute("hidden", fits);
    if (input === null || input === undefined) return;
    if (!fits) {
      input.focus();
      return;
    }
    input.value = "";
    desk.change(channel, { type: "group-added", group, name });
  };
  return html`<div class="field full">
    <label for=${id}>${panel.groupAdd[group] ?? panel.groupAddOther} <span class="opt">${words.frame.optional}</span></label>
    <div class="with-btn">
      <input class="input ltr" id=${id} autocomplete="off" spellcheck="false" aria-describedby="${id}-hint ${id}-error" placeholder=${taken.length === 0 ? "default" : ""} />
      ${button({ text: panel.groupAddOther, glyph: "plus", press: add })}
    </div>
    <p class="hint" id="${id}-hint">${panel.groupNameHint}</p>
    <p class="err" id="${id}-error" hidden>${panel.groupNameWrong}</p>
  </div>`;
}
