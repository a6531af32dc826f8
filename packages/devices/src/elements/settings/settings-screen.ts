import { type CSSResult, html, type TemplateResult } from "lit";
import { DialogController } from "../controllers/dialog.ts";
import { focusOn } from "../controllers/focus.ts";
import { FollowStore } from "../controllers/follow-store.ts";
import { Late } from "../controllers/late.ts";
import type { LabelChanges } from "../labels/with-changes.ts";
import { timeWords } from "../state/time-words.ts";
import { panel } from "../styles/panel.ts";
import { settings } from "../styles/settings.ts";
import { button } from "../views/button.ts";
import { type Dialog, dialogView } from "../views/dialog.ts";
import { lateView } from "../views/late.ts";
import { SettingsDesk, type SettingsWorld } from "./settings-desk.ts";
import type { Asking } from "./state/settings.ts";
import type { PanelContext, SettingsContext } from "./views/context.ts";
import { type PanelOf, settingsView } from "./views/settings.ts";

export { settingsWords } from "./settings-words.ts";

/** The style sheets of its pictures. */
export const sheets: readonly CSSResult[] = [panel, settings];

type PanelPart = typeof import("./panel-part.ts");

/** How the element around it stands. */
export interface SettingsPlace {
  readonly language: string;
  readonly level: number;
  readonly labels: LabelChanges;
  copy(text: string): void;
}

/** Joins what the settings do to what is drawn of them; loaded on first use. */
export class SettingsScreen {
  readonly desk: SettingsDesk;
  readonly #world: SettingsWorld;
  readonly #place: () => SettingsPlace;
  readonly #dialog: DialogController;
  /** What draws one channel's settings, and what asks before something is done. */
  readonly #panels: Late<PanelPart>;
  #asked: Asking | undefined;

  constructor(world: SettingsWorld, place: () => SettingsPlace) {
    const { host } = world;
    this.#world = world;
    this.#place = place;
    this.desk = new SettingsDesk(world);
    this.#dialog = new DialogController(host, () => this.desk.dismiss());
    this.#panels = new Late(host, () => import("./panel-part.ts"));
    new FollowStore(host, this.desk.store);
    host.addController(this);
  }

  hostDisconnected(): void {
    this.desk.stop();
  }

  hostUpdated(): void {
    const asking = this.#asking;
    if (asking !== undefined && this.#asked === undefined) void this.#panels.load().then(() => this.#dialog.open(".cancel"));
    this.#asked = asking;
  }

  /** All below the title. */
  render(): TemplateResult {
    const asking = this.#asking;
    this.#dialog.held = asking?.working === true;
    const context = this.#context();
    const panelOf: PanelOf = (panel, check) =>
      this.#panels.part?.tabView(panel, check, this.#panelContext(this.#panels.part, context)) ?? this.#panelsLate(context);
    return html`${settingsView(this.desk.store.state, context, panelOf)}${dialogView(this.#dialog, asking && this.#asks(asking, context))}`;
  }

  get #asking(): Asking | undefined {
    const { state } = this.desk.store;
    return state.kind === "shown" ? state.asking : undefined;
  }

  // one that failed is not tried again with each picture
  #panelsLate({ words }: SettingsContext): TemplateResult {
    if (!this.#panels.failed) queueMicrotask(() => void this.#panels.load());
    return lateView(this.#panels, words);
  }

  #panelContext({ panelWords }: PanelPart, context: SettingsContext): PanelContext {
    return { ...context, words: panelWords(context.words, this.#place().labels) };
  }

  #asks(asking: Asking, context: SettingsContext): Dialog | undefined {
    const { part } = this.#panels;
    if (part === undefined) {
      const { cancel, partFailedTitle: title, partFailedText: body } = context.words.frame;
      const foot = button({ text: cancel, press: this.#dialog.close, className: "cancel" });
      return this.#panels.failed ? { asks: true, title, body, foot } : undefined;
    }
    const asked = asking.type === "switch" ? part.switchAsked(asking, context) : part.panelAsked(asking, this.#panelContext(part, context));
    return part.askingDialog(asking, asked, context, () => void this.#yes(), this.#dialog.close);
  }

  async #yes(): Promise<void> {
    if (await this.desk.confirm()) this.#dialog.close();
  }

  #context(): SettingsContext {
    const { language, level, copy } = this.#place();
    const words = this.#world.words();
    return {
      words,
      times: timeWords(language, this.#world.clock().now(), words.list.justNow),
      level,
      desk: this.desk,
      copy,
      save: (channel) => void this.#save(channel),
      bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    };
  }

  async #save(channel: string): Promise<void> {
    if (!(await this.desk.save(channel))) await focusOn(this.#world.host, "[aria-invalid='true']");
  }
}
