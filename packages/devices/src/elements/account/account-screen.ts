import type { ReactiveController, TemplateResult } from "lit";
import type { WireConnection } from "../../wire/connection.ts";
import type { WireChannel } from "../../wire/setup.ts";
import { DialogController } from "../controllers/dialog.ts";
import { focusOn } from "../controllers/focus.ts";
import { FollowStore } from "../controllers/follow-store.ts";
import { Late } from "../controllers/late.ts";
import type { World } from "../screens/world.ts";
import { timeWords } from "../state/time-words.ts";
import { button } from "../views/button.ts";
import { type ListContext, ofChannel } from "../views/context.ts";
import { type Dialog, dialogView } from "../views/dialog.ts";
import { lateView } from "../views/late.ts";
import type { AccountDesk } from "./account-desk.ts";
import type { AccountContext } from "./views/context.ts";

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

type AccountPart = typeof import("./account-part.ts");

/** What draws it and works behind it, once it is there. */
interface Come {
  readonly part: AccountPart;
  readonly desk: AccountDesk;
}

/** Joins the dialog of connecting a number, and Twilio's page, to the screen around them; what they hold is loaded on first use. */
export class AccountScreen implements ReactiveController {
  readonly #late: Late<AccountPart>;
  readonly #dialog: DialogController;
  readonly #world: World;
  readonly #place: () => AccountPlace;
  #come: Come | undefined;
  #kind = "closed";
  #inDialog = false;

  constructor(world: World, place: () => AccountPlace) {
    const { host } = world;
    this.#world = world;
    this.#place = place;
    this.#late = new Late(
      host,
      () => import("./account-part.ts"),
      (part) => {
        const desk = new part.AccountDesk({ ...world, words: () => part.accountWords(world.words(), world.labels()) });
        new FollowStore(host, desk.store);
        this.#come = { part, desk };
      },
    );
    this.#dialog = new DialogController(host, () => this.#closed());
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#come?.desk.close();
  }

  hostUpdated(): void {
    const { wanted, again, channel } = this.#place();
    if (wanted && !this.#inDialog && channel !== undefined) {
      this.#inDialog = true;
      this.#withDesk((desk) => {
        if (this.#inDialog) desk.open({ channel, ...(again && { again }) });
      });
      // the list may be drawn anew behind it, and what opened it with that: another of its kind stands there then
      void this.#dialog.open("h2", again ? `[data-menu-of="${CSS.escape(again.id)}"]` : ".actions .btn.primary");
    }
    if (!wanted && this.#inDialog) this.#dialog.close();
    this.#keepFocus();
  }

  /** The dialog, closed as long as nobody wants it. */
  render(): TemplateResult {
    return dialogView(this.#dialog, this.#inDialog ? this.#inside() : undefined);
  }

  /** Twilio's page: its form or its card. */
  twilio(connection: WireConnection | undefined, channel: WireChannel, list: ListContext): TemplateResult {
    const come = this.#come;
    // one that failed is not tried again with each picture
    if (come === undefined && !this.#late.failed) queueMicrotask(() => void this.#late.load());
    if (come === undefined) return lateView(this.#late, list.words);
    const { part, desk } = come;
    const { state } = desk.store;
    // the form of the page is there as soon as nothing is connected
    if (connection === undefined && list.mayChange && state.kind === "closed") queueMicrotask(() => desk.open({ channel }));
    return part.twilioPage(connection, state, channel, list, this.#context(come));
  }

  // at once where it is there, so that nothing is drawn in between
  #withDesk(work: (desk: AccountDesk) => void): void {
    if (this.#come !== undefined) work(this.#come.desk);
    else void this.#late.load().then(() => this.#come && work(this.#come.desk));
  }

  #inside(): Dialog | undefined {
    const come = this.#come;
    if (come !== undefined) return come.part.accountDialog(come.desk.store.state, this.#context(come));
    const { frame } = this.#world.words();
    return {
      title: ofChannel(frame.add, this.#place().channel?.kind ?? ""),
      closeName: frame.close,
      body: lateView(this.#late, { frame }),
      foot: button({ text: frame.cancel, press: this.#dialog.close }),
    };
  }

  #context({ part, desk }: Come): AccountContext {
    const { language, level, copy } = this.#place();
    const { words, labels, clock } = this.#world;
    const first = words();
    return {
      words: part.accountWords(first, labels()),
      times: timeWords(language, clock().now(), first.list.justNow),
      level,
      desk,
      copy,
      send: () => void this.#send(desk),
      close: this.#dialog.close,
    };
  }

  async #send(desk: AccountDesk): Promise<void> {
    const wrong = await desk.send();
    if (wrong !== undefined) await focusOn(this.#world.host, `[name="${CSS.escape(wrong)}"]`);
  }

  // with each picture, since what had the focus is gone with the one before; the first comes after the dialog where its part has to be loaded
  #keepFocus(): void {
    const { kind = "closed" } = this.#come?.desk.store.state ?? {};
    if (kind === this.#kind) return;
    this.#kind = kind;
    if (this.#inDialog && kind !== "closed") void focusOn(this.#world.host, "dialog[open] :is(.first, input)", "dialog[open] h2");
  }

  #closed(): void {
    this.#inDialog = false;
    this.#come?.desk.close();
    this.#place().left();
  }
}
