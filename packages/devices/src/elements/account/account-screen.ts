import type { ReactiveController } from "lit";
import type { TemplateResult } from "lit";
import type { WireConnection } from "../../wire/connection.ts";
import type { WireChannel } from "../../wire/setup.ts";
import { DialogController } from "../controllers/dialog.ts";
import { focusOn } from "../controllers/focus.ts";
import { FollowStore } from "../controllers/follow-store.ts";
import type { World } from "../screens/world.ts";
import { timeWords } from "../state/time-words.ts";
import type { ListContext } from "../views/context.ts";
import { dialogView } from "../views/dialog.ts";
import { AccountDesk } from "./account-desk.ts";
import type { AccountContext } from "./views/context.ts";
import { accountDialog } from "./views/dialog.ts";
import { twilioPage } from "./views/twilio-page.ts";

/** How the screen around it stands. */
export interface AccountPlace {
  /** Whether the dialog is wanted, and for which connection. */
  readonly wanted: boolean;
  readonly again: WireConnection | undefined;
  readonly channel: WireChannel | undefined;
  readonly language: string;
  readonly level: number;
  copy(text: string): void;
  /** The dialog is closed, by whichever road. */
  left(): void;
}

/** Joins the dialog of connecting a number, and Twilio's page, to the screen around them. */
export class AccountScreen implements ReactiveController {
  readonly #desk: AccountDesk;
  readonly #dialog: DialogController;
  readonly #world: World;
  readonly #place: () => AccountPlace;
  #kind = "closed";
  #inDialog = false;

  constructor(world: World, place: () => AccountPlace) {
    const { host } = world;
    this.#world = world;
    this.#place = place;
    this.#desk = new AccountDesk(world);
    this.#dialog = new DialogController(host, () => this.#closed());
    new FollowStore(host, this.#desk.store);
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#desk.close();
  }

  hostUpdated(): void {
    const { wanted, again, channel } = this.#place();
    if (wanted && !this.#inDialog && channel !== undefined) {
      this.#inDialog = true;
      this.#desk.open({ channel, ...(again && { again }) });
      void this.#dialog.open(".first, input, h2");
    }
    if (!wanted && this.#inDialog) this.#dialog.close();
    this.#keepFocus();
  }

  /** The dialog, closed as long as nobody wants it. */
  render(): TemplateResult {
    const { state } = this.#desk.store;
    return dialogView(this.#dialog, this.#inDialog ? accountDialog(state, this.#context()) : undefined);
  }

  /** Twilio's page: its form or its card. */
  twilio(connection: WireConnection | undefined, channel: WireChannel, list: ListContext): TemplateResult {
    // the form of the page is there as soon as nothing is connected
    if (connection === undefined && list.mayChange && this.#desk.store.state.kind === "closed")
      queueMicrotask(() => this.#desk.open({ channel }));
    return twilioPage(connection, this.#desk.store.state, channel, list, this.#context());
  }

  #context(): AccountContext {
    const { language, level, copy } = this.#place();
    const { words, clock } = this.#world;
    return {
      words: words(),
      times: timeWords(language, clock().now(), words().list.justNow),
      level,
      desk: this.#desk,
      copy,
      send: () => void this.#send(),
      close: this.#dialog.close,
    };
  }

  async #send(): Promise<void> {
    const wrong = await this.#desk.send();
    if (wrong !== undefined) await focusOn(this.#world.host, `[name="${CSS.escape(wrong)}"]`);
  }

  // what had the focus is gone with the picture that it stood in
  #keepFocus(): void {
    const { kind } = this.#desk.store.state;
    if (kind === this.#kind) return;
    const before = this.#kind;
    this.#kind = kind;
    if (!this.#inDialog || before === "closed" || kind === "closed") return;
    const first = kind === "form" || kind === "signup" ? "dialog[open] input, dialog[open] h2" : "dialog[open] h2";
    void focusOn(this.#world.host, first);
  }

  #closed(): void {
    this.#inDialog = false;
    this.#desk.close();
    this.#place().left();
  }
}
