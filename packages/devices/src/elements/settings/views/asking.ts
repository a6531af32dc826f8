import { html, nothing, type TemplateResult } from "lit";
import { failureText, fieldWords } from "../../account/words-of.ts";
import { button } from "../../views/button.ts";
import type { Dialog } from "../../views/dialog.ts";
import { glyph } from "../../views/glyphs.ts";
import { note } from "../../views/note.ts";
import type { Asking } from "../state/settings.ts";
import { engineName, type SettingsContext } from "./context.ts";
import { dateOf } from "./secret.ts";

/** What asks before it is done: the consequence first, the verb on the button. */
export function askingDialog(asking: Asking, context: SettingsContext, yes: () => void, no: () => void): Dialog {
  const { words } = context;
  const { title, body, verb, doing, danger } = wordsOf(asking, context);
  const { working = false, failure } = asking;
  return {
    asks: true,
    title,
    body: html`${body}${failure === undefined ? nothing : note({ tone: "bad", glyph: "warn", role: "alert", text: failureText(words, failure) })}`,
    foot: html`${button({ text: words.frame.cancel, press: no, off: working, className: "cancel" })}
    ${button({ text: working ? doing : verb, look: danger ? "danger" : "primary", press: yes, off: working })}`,
  };
}

interface Asked {
  readonly title: string;
  readonly body: TemplateResult;
  readonly verb: string;
  readonly doing: string;
  readonly danger: boolean;
}

function wordsOf(asking: Asking, context: SettingsContext): Asked {
  const { words } = context;
  const { settings } = words;
  switch (asking.type) {
    case "switch": {
      const engine = engineName(words, asking.channel);
      return {
        title: settings.switchTitle(engine),
        body: switchBody(asking, engine, context),
        verb: settings.switchDo,
        doing: settings.switching,
        danger: false,
      };
    }
    case "retire": {
      const name = asking.path.split(".").at(-1) ?? "";
      const { label } = fieldWords(words, "settings", asking.channel, { name });
      const title = settings.retireTitle(label, dateOf(asking.mark, context));
      return {
        title,
        body: html`<p>${settings.retireTexts[name] ?? settings.retireText}</p>`,
        verb: settings.retireDo,
        doing: settings.retiring,
        danger: true,
      };
    }
    case "remove-group": {
      const [group = "", name = ""] = asking.path.split(".");
      const title = settings.groupRemoveTitle(settings.groupTitle(settings.groups[group] ?? group, name));
      return {
        title,
        body: html`<p>${settings.groupRemoveText}</p>`,
        verb: settings.groupRemoveDo,
        doing: settings.groupRemoveDo,
        danger: true,
      };
    }
  }
}

function switchBody(
  { to, from, failure }: Extract<Asking, { readonly type: "switch" }>,
  engine: string,
  { words: { settings } }: SettingsContext,
): TemplateResult {
  const unable = (): string => {
    if (to === undefined) return failure === undefined ? settings.switchCounting : settings.switchUncounted;
    return to.unable === 0 ? settings.switchAble : settings.switchUnable(to.unable, to.workspaces);
  };
  const lines = [
    settings.switchAll(engine),
    ...(from !== undefined && from.numbers > 0 ? [settings.switchOld(from.numbers)] : []),
    unable(),
  ];
  return html`<ul class="tick-list">${lines.map((line) => html`<li>${glyph("next", "flip")}<span>${line}</span></li>`)}</ul>`;
}
