import { type CSSResultGroup, html, type PropertyDeclarations, type TemplateResult } from "lit";
import { createRequests } from "./client/requests.ts";
import { focusOn } from "./controllers/focus.ts";
import { Late } from "./controllers/late.ts";
import { Ticker } from "./controllers/ticker.ts";
import type { SettingsScreen } from "./settings/settings-screen.ts";
import { base } from "./styles/base.ts";
import { card } from "./styles/card.ts";
import { controls } from "./styles/controls.ts";
import { dialog } from "./styles/dialog.ts";
import { fields } from "./styles/fields.ts";
import { frame } from "./styles/frame.ts";
import { list } from "./styles/list.ts";
import { tokens } from "./styles/tokens.ts";
import { head } from "./views/head.ts";
import { lateView } from "./views/late.ts";
import { WadeskElement } from "./wadesk-element.ts";

type SettingsPart = typeof import("./settings/settings-screen.ts");

/**
 * The settings of the whole platform, for its operator: which channel is in force, secrets, addresses and their self-checks.
 * Tells `wadesk-saved`, `wadesk-action` and `wadesk-error`.
 *
 * @example
 * <wadesk-settings endpoint="/wadesk"></wadesk-settings>
 */
export class WadeskSettings extends WadeskElement {
  static override readonly properties: PropertyDeclarations = { tab: {} };
  /** Its style sheets, adopted by its root; those of what is loaded later come with it. */
  static override readonly styles: CSSResultGroup = [tokens, base, controls, fields, frame, list, card, dialog];
  /** `engine`, or the channel whose settings are seen at first. */
  declare tab: string;
  readonly #late: Late<SettingsPart>;
  #screen: SettingsScreen | undefined;

  constructor() {
    super();
    this.tab = "engine";
    this.#late = new Late<SettingsPart>(
      this,
      () => import("./settings/settings-screen.ts"),
      (part) => this.#come(part),
    );
    new Ticker(
      this,
      () => this.clock,
      () => 10_000,
    );
  }

  /** Reads all anew; what is being typed stays. */
  async refresh(): Promise<void> {
    await this.#late.load();
    await this.#screen?.desk.load();
  }

  /** Focuses the title. */
  override focus(): void {
    void focusOn(this, "h2");
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#screen === undefined) void this.#late.load();
    else this.#screen.desk.start(this.tab);
  }

  protected override render(): TemplateResult {
    const { words, headingLevel } = this;
    const { settingsTitle, settingsLine } = words.frame;
    return html`${head({ title: settingsTitle, level: headingLevel, line: settingsLine })}
      ${this.#screen?.render() ?? lateView(this.#late, words)}${this.region.render()}`;
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    super.updated(changed);
    if (changed.has("tab") && changed.get("tab") !== undefined) this.#screen?.desk.open(this.tab);
  }

  #come({ SettingsScreen: Screen, settingsWords }: SettingsPart): void {
    const screen = new Screen(
      {
        host: this,
        requests: createRequests(this.reach),
        region: this.region,
        clock: () => this.clock,
        words: () => settingsWords(this.words, this.labels),
      },
      () => ({ language: this.language, level: this.headingLevel, labels: this.labels, copy: (text) => void this.copy(text) }),
    );
    this.#screen = screen;
    // it may have left the page meanwhile
    if (this.isConnected) screen.desk.start(this.tab);
  }
}
