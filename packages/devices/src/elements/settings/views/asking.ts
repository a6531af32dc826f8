import { html, nothing, type TemplateResult } from "lit";
import { failureText } from "../../account/words-of.ts";
import { button } from "../../views/button.ts";
import type { Dialog } from "../../views/dialog.ts";
import { glyph } from "../../views/glyphs.ts";
import { note } from "../../views/note.ts";
import type { Asking } from "../state/settings.ts";
import { engineName, type SettingsContext } from "./context.ts";

/** What is asked: the consequence first, the verb on the button. */
export interface Asked {
  readonly title: string;
  readonly body: TemplateResult;
  readonly verb: string;
  /** The verb while it is done. */
  readonly doing: string;
  readonly danger: boolean;
}

/** What asks before something is done. */
export function askingDialog(
  { working = false, failure }: Asking,
  { title, body, verb, doing, danger }: Asked,
  { words }: SettingsContext,
  yes: () => void,
  no: () => void,
): Dialog {
  return {
    asks: true,
    title,
    body: html`${body}${failure === undefined ? nothing : note({ tone: "bad", glyph: "warn", role: "alert", text: failureText(words, failure) })}`,
    foot: html`${button({ text: words.frame.cancel, press: no, off: working, className: "cancel" })}
    ${button({ text: working ? doing : verb, look: danger ? "danger" : "primary", press: yes, off: working })}`,
  };
}

type Switch = Extract<Asking, { readonly type: "switch" }>;

/** Another engine for every workspace. */
export function switchAsked(asking: Switch, context: SettingsContext): Asked {
  const { words } = context;
  const { settings } = words;
  const engine = engineName(words, asking.channel);
  return {
    title: settings.switchTitle(engine),
    body: switchBody(asking, engine, context),
    verb: settings.switchDo,
    doing: settings.switching,
    danger: false,
  };
}

function switchBody({ to, from, failure }: Switch, engine: string, { words: { settings } }: SettingsContext): TemplateResult {
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
