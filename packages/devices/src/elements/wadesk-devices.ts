import { type CSSResultGroup, html, type PropertyDeclarations, type TemplateResult } from "lit";
import type { WireConnection } from "../wire/connection.ts";
import { type AccountPlace, AccountScreen } from "./account/account-screen.ts";
import { connectionCalls } from "./client/connection-calls.ts";
import { createRequests } from "./client/requests.ts";
import { focusOn } from "./controllers/focus.ts";
import { Late } from "./controllers/late.ts";
import { Ticker } from "./controllers/ticker.ts";
import { tell } from "./events.ts";
import { addPage, type PairingPart } from "./pages/add-page.ts";
import { listContext } from "./pages/list-context.ts";
import { listPage } from "./pages/list-page.ts";
import type { Page } from "./pages/page.ts";
import { DevicesScreen, type View } from "./screens/devices-screen.ts";
import type { World } from "./screens/world.ts";
import { base } from "./styles/base.ts";
import { card } from "./styles/card.ts";
import { controls } from "./styles/controls.ts";
import { dialog } from "./styles/dialog.ts";
import { fields } from "./styles/fields.ts";
import { filters } from "./styles/filters.ts";
import { frame } from "./styles/frame.ts";
import { list } from "./styles/list.ts";
import { tokens } from "./styles/tokens.ts";
import { confirmation } from "./views/confirm.ts";
import type { ListContext } from "./views/context.ts";
import { dialogView } from "./views/dialog.ts";
import { WadeskElement } from "./wadesk-element.ts";

/**
 * The screen where a workspace's numbers are seen, connected and kept.
 *
 * @example
 * <wadesk-devices endpoint="/wadesk"></wadesk-devices>
 */
export class WadeskDevices extends WadeskElement {
  static override readonly properties: PropertyDeclarations = {
    view: {},
    connection: {},
    layout: {},
    pageSize: { attribute: "page-size", type: Number },
    readonly: { type: Boolean },
  };
  /** Its style sheets, adopted by its root. */
  static override readonly styles: CSSResultGroup = [tokens, base, controls, fields, frame, filters, card, list, dialog];
  /** What is shown at first: `list`, `add` or `add-account`. */
  declare view: View;
  /** The id of a connection to open. */
  declare connection: string | undefined;
  /** `auto` shows cards, and lines where there is more than a page. */
  declare layout: "auto" | "cards" | "list";
  /** How many connections a page has, 50 at first and 200 at most. */
  declare pageSize: number;
  /** Whether nothing can be changed here, whoever looks. */
  declare readonly: boolean;
  readonly #screen: DevicesScreen;
  readonly #account: AccountScreen;
  readonly #pairing: Late<PairingPart>;
  #opened = false;

  constructor() {
    super();
    this.view = "list";
    this.connection = undefined;
    this.layout = "auto";
    this.pageSize = 50;
    this.readonly = false;
    const requests = createRequests(this.reach);
    const world: World = {
      host: this,
      requests,
      calls: connectionCalls(requests),
      region: this.region,
      clock: () => this.clock,
      words: () => this.words,
      labels: () => this.labels,
      pageSize: () => this.pageSize,
    };
    this.#pairing = new Late<PairingPart>(
      this,
      () => import("./pages/pairing-page.ts"),
      ({ PairingDesk }) => this.#screen.come(new PairingDesk(world)),
    );
    this.#screen = new DevicesScreen(world, () => this.endpoint, {
      load: () => this.#pairing.load(),
      words: () => this.#pairing.part?.pairingWords(this.words, this.labels).pairing,
    });
    this.#account = new AccountScreen(world, () => this.#place());
    // a countdown stays true for a second, "20 seconds ago" for ten
    new Ticker(
      this,
      () => this.clock,
      () => (this.#screen.view === "add" ? 1000 : 10_000),
    );
  }

  /** Reads all anew. */
  refresh(): Promise<void> {
    return this.#screen.list.load();
  }

  /** Opens the form for a new number. */
  add(): void {
    this.#screen.add();
  }

  /** Scrolls to the card of a connection, and focuses its title. */
  showConnection(id: string): void {
    this.#screen.show(id);
  }

  /** Focuses the title. */
  override focus(): void {
    void focusOn(this, "h2");
  }

  protected override updated(): void {
    const { list } = this.#screen;
    if (this.#opened || list.list.state.kind !== "shown" || list.setup === undefined) return;
    this.#opened = true;
    const wanted = this.connection === undefined ? undefined : list.find(this.connection);
    if (this.view !== "list") this.#screen.add(wanted);
    else if (wanted !== undefined) this.#screen.show(wanted.id);
  }

  protected override render(): TemplateResult {
    const { view, dialog: controller, cards } = this.#screen;
    const page = this.#page();
    const context = listContext(page);
    const { question } = cards;
    const yes = (): void => void this.#screen.confirm();
    const asked = question && confirmation(question, this.words, context.linksPhone, yes, controller.close);
    return html`${view === "add" ? addPage(page, context, this.#pairing) : listPage(page, context, (connection) => this.#sender(connection, context))}
      <slot name="footer"></slot>${dialogView(controller, asked)}${this.#account.render()}${this.region.render()}`;
  }

  // a channel with one sender for a workspace has a page of its own
  #sender(connection: WireConnection | undefined, context: ListContext): TemplateResult | undefined {
    const { channel } = this.#screen.list;
    return channel?.kind === "twilio" ? this.#account.twilio(connection, channel, context) : undefined;
  }

  #place(): AccountPlace {
    const { view, account, list } = this.#screen;
    return {
      wanted: view === "add-account",
      again: account,
      channel: list.channel,
      language: this.language,
      level: this.headingLevel,
      copy: (text) => void this.copy(text),
      left: () => {
        // the focus goes back to what opened the dialog
        if (this.#screen.view !== "add-account") return;
        this.#screen.view = "list";
        tell(this, "wadesk-navigate", { view: "list" });
        this.requestUpdate();
      },
    };
  }

  #page(): Page {
    const { words, labels, language, clock, headingLevel, pageSize, layout, readonly } = this;
    return {
      host: this,
      screen: this.#screen,
      words,
      labels,
      language,
      clock,
      headingLevel,
      pageSize,
      layout,
      readonly,
      layOut: (as) => {
        this.layout = as;
      },
      copy: (text) => void this.copy(text),
    };
  }
}
