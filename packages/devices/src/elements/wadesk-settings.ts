import { type CSSResultGroup, html, type PropertyDeclarations, type TemplateResult } from "lit";
import { createRequests } from "./client/requests.ts";
import { DialogController } from "./controllers/dialog.ts";
import { focusOn } from "./controllers/focus.ts";
import { FollowStore } from "./controllers/follow-store.ts";
import { Ticker } from "./controllers/ticker.ts";
import { SettingsDesk } from "./settings/settings-desk.ts";
import type { Asking } from "./settings/state/settings.ts";
import { askingDialog } from "./settings/views/asking.ts";
import type { SettingsContext } from "./settings/views/context.ts";
import { settingsView } from "./settings/views/settings.ts";
import { timeWords } from "./state/time-words.ts";
import { base } from "./styles/base.ts";
import { card } from "./styles/card.ts";
import { controls } from "./styles/controls.ts";
import { dialog } from "./styles/dialog.ts";
import { fields } from "./styles/fields.ts";
import { frame } from "./styles/frame.ts";
import { list } from "./styles/list.ts";
import { pairing } from "./styles/pairing.ts";
import { settings } from "./styles/settings.ts";
import { tokens } from "./styles/tokens.ts";
import { dialogView } from "./views/dialog.ts";
import { WadeskElement } from "./wadesk-element.ts";

/**
 * The settings of the whole platform, for its operator: which channel is in force, secrets, addresses and their self-checks.
 * Tells `wadesk-saved`, `wadesk-action` and `wadesk-error`.
 *
 * @example
 * <wadesk-settings endpoint="/wadesk"></wadesk-settings>
 */
export class WadeskSettings extends WadeskElement {
  static override readonly properties: PropertyDeclarations = { tab: {} };
  /** Its style sheets, adopted by its root. */
  static override readonly styles: CSSResultGroup = [tokens, base, controls, fields, frame, list, card, pairing, dialog, settings];
  /** `engine`, or the channel whose settings are seen at first. */
  declare tab: string;
  readonly #desk: SettingsDesk = new SettingsDesk({
    host: this,
    requests: createRequests(this.reach),
    region: this.region,
    clock: () => this.clock,
    words: () => this.words,
  });
  readonly #dialog: DialogController = new DialogController(this, () => this.#desk.dismiss());
  #asked: Asking | undefined;

  constructor() {
    super();
    this.tab = "engine";
    new FollowStore(this, this.#desk.store);
    new Ticker(
      this,
      () => this.clock,
      () => 10_000,
    );
  }

  /** Reads all anew; what is being typed stays. */
  refresh(): Promise<void> {
    return this.#desk.load();
  }

  /** Focuses the title. */
  override focus(): void {
    void focusOn(this, "h2");
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#desk.start(this.tab);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#desk.stop();
  }

  protected override render(): TemplateResult {
    const { state } = this.#desk.store;
    const asking = state.kind === "shown" ? state.asking : undefined;
    this.#dialog.held = asking?.working === true;
    return html`${settingsView(state, this.#context())}
      ${dialogView(this.#dialog, asking && askingDialog(asking, this.#context(), () => void this.#yes(), this.#dialog.close))}
      ${this.region.render()}`;
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    super.updated(changed);
    if (changed.has("tab") && changed.get("tab") !== undefined) this.#desk.open(this.tab);
    const { state } = this.#desk.store;
    const asking = state.kind === "shown" ? state.asking : undefined;
    if (asking !== undefined && this.#asked === undefined) void this.#dialog.open(".cancel");
    this.#asked = asking;
  }

  async #yes(): Promise<void> {
    if (await this.#desk.confirm()) this.#dialog.close();
  }

  #context(): SettingsContext {
    return {
      words: this.words,
      times: timeWords(this.language, this.clock.now(), this.words.list.justNow),
      level: this.headingLevel,
      desk: this.#desk,
      copy: (text) => void this.copy(text),
      save: (channel) => void this.#save(channel),
      bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    };
  }

  async #save(channel: string): Promise<void> {
    if (!(await this.#desk.save(channel))) await focusOn(this, "[aria-invalid='true']");
  }
}
