import type { ReactiveController } from "lit";
import type { WireConnection } from "../../wire/connection.ts";
import type { WireEvent } from "../../wire/event.ts";
import { DialogController } from "../controllers/dialog.ts";
import { focusOn } from "../controllers/focus.ts";
import { FollowStore } from "../controllers/follow-store.ts";
import { MenuController } from "../controllers/menu.ts";
import { tell } from "../events.ts";
import type { Labels } from "../labels/en/en.ts";
import type { Pairing } from "../state/pairing.ts";
import { CardDesk } from "./card-desk.ts";
import { ListDesk } from "./list-desk.ts";
import type { PairingDesk } from "./pairing-desk.ts";
import { rememberedAt, type Remembered } from "./remembered.ts";
import type { World } from "./world.ts";

/** Which picture is shown. */
export type View = "list" | "add" | "add-account";

const LINK = "link";
const HIDDEN = "hidden";
const DAY_MS = 86_400_000;

/** What links phones and draws it, loaded on first use. */
export interface LatePairing {
  /** Ends when it has come, or failed. */
  load(): Promise<void>;
  /** The words, once they are there. */
  words(): Labels["pairing"] | undefined;
}

/** Joins what the list, its cards and adding a device do, and says where the focus goes. */
export class DevicesScreen implements ReactiveController {
  view: View = "list";
  /** The connection whose credentials are given anew, while they are. */
  account: WireConnection | undefined;
  allBanners = false;
  readonly list: ListDesk;
  readonly cards: CardDesk;
  /** What links phones, once it is there. */
  pairing: PairingDesk | undefined;
  readonly menu: MenuController;
  readonly dialog: DialogController;
  readonly #world: World;
  readonly #endpoint: () => string;
  readonly #late: LatePairing;
  #shown: Pairing | undefined;
  #back = false;

  constructor(world: World, endpoint: () => string, late: LatePairing) {
    const { host } = world;
    this.#world = world;
    this.#endpoint = endpoint;
    this.#late = late;
    this.list = new ListDesk(world, (event) => this.#heard(event));
    this.cards = new CardDesk(world, this.list);
    this.menu = new MenuController(host);
    this.dialog = new DialogController(host, () => this.cards.dismiss());
    for (const store of [this.list.list, this.list.standing]) new FollowStore(host, store);
    host.addController(this);
  }

  hostConnected(): void {
    this.#back = false;
    this.list.start();
    if (this.#memory.read(LINK) === undefined) this.#back = true;
    else void this.#comeBack();
  }

  hostDisconnected(): void {
    this.list.stop();
    this.pairing?.leave();
  }

  hostUpdated(): void {
    const state = this.pairing?.store.state;
    const words = this.#late.words();
    if (state === undefined || words === undefined || state === this.#shown) return;
    const before = this.#shown;
    this.#shown = state;
    this.#tellPairing(state, before, words);
  }

  /** Takes what links phones, now that it is there. */
  come(desk: PairingDesk): void {
    this.pairing = desk;
    new FollowStore(this.#world.host, desk.store);
  }

  /** The person's own word on a warning of an unseen phone, for a day. */
  get hidden(): ReadonlySet<string> {
    const all = JSON.parse(this.#memory.read(HIDDEN) ?? "{}") as Readonly<Record<string, number>>;
    return new Set(Object.keys(all).filter((id) => (all[id] ?? 0) > this.list.now()));
  }

  hide(id: string): void {
    const all = JSON.parse(this.#memory.read(HIDDEN) ?? "{}") as Readonly<Record<string, number>>;
    this.#memory.keep(HIDDEN, JSON.stringify({ ...all, [id]: this.list.now() + DAY_MS }));
    this.#world.host.requestUpdate();
  }

  showAllBanners(): void {
    this.allBanners = true;
    this.#world.host.requestUpdate();
  }

  /** Goes to a view, unless the application's own router does. */
  go(view: View, connectionId?: string): boolean {
    if (!tell(this.#world.host, "wadesk-navigate", { view, ...(connectionId !== undefined && { connectionId }) })) return false;
    this.#open(view);
    void focusOn(this.#world.host, "h2");
    return true;
  }

  /** Back to the list; what runs goes on. */
  leave(): void {
    this.#memory.keep(LINK, undefined);
    this.pairing?.leave();
    this.go("list");
  }

  /** Opens the form for a new number, or for one that is connected anew. */
  add(again?: WireConnection): void {
    if (this.list.channel?.linksPhone !== true) {
      this.account = again;
      this.go("add-account", again?.id);
      return;
    }
    if (!this.go("add", again?.id)) return;
    this.#withPairing((desk) => (again === undefined ? desk.open() : void desk.resume(again)));
  }

  /** Asks the application for the page of the platform's settings. */
  openSettings(): void {
    tell(this.#world.host, "wadesk-navigate", { view: "settings" });
  }

  /** Scrolls to a card and focuses its title. */
  show(id: string): void {
    const title = this.#world.host.renderRoot.querySelector<HTMLElement>(`[data-title-of="${CSS.escape(id)}"]`);
    title?.scrollIntoView({ block: "center" });
    title?.focus();
  }

  /** Asks before something is done to a connection. */
  ask(asks: "disconnect" | "remove", connection: WireConnection): void {
    this.cards.ask(asks, connection);
    void this.dialog.open(".cancel", `[data-menu-of="${CSS.escape(connection.id)}"]`);
  }

  /** Does what was asked about, and closes the question. */
  async confirm(): Promise<void> {
    const { question } = this.cards;
    if (question === undefined) return;
    const { state } = this.list.list;
    const items = state.kind === "shown" ? state.items : [];
    const at = items.findIndex(({ id }) => id === question.connection.id);
    const next = items[at + 1] ?? items[at - 1];
    this.dialog.held = true;
    const done = await this.cards.confirm();
    this.dialog.held = false;
    if (!done) return;
    if (question.asks === "remove") this.dialog.back = next === undefined ? "h2" : `[data-title-of="${CSS.escape(next.id)}"]`;
    this.dialog.close();
  }

  /** Shows the next page, and focuses what is new. */
  async more(): Promise<void> {
    const first = await this.list.more();
    if (first !== undefined) await focusOn(this.#world.host, `[data-title-of="${CSS.escape(first)}"]`);
  }

  #open(view: View): void {
    this.view = view;
    this.#world.host.requestUpdate();
  }

  // at once where it is there; whoever has gone back meanwhile begins nothing
  #withPairing(work: (desk: PairingDesk) => void): void {
    if (this.pairing !== undefined) work(this.pairing);
    else void this.#late.load().then(() => this.pairing !== undefined && this.view === "add" && work(this.pairing));
  }

  get #memory(): Remembered {
    return rememberedAt(this.#endpoint());
  }

  #heard(event: WireEvent): void {
    this.pairing?.hear(event);
  }

  // a page that was loaded anew in the middle of a link shows its newest step
  async #comeBack(): Promise<void> {
    const id = this.#memory.read(LINK) ?? "";
    const answer = await this.#world.calls.link(id);
    this.#back = true;
    if ("value" in answer && answer.value.state === "running" && this.view === "list") {
      const { value } = answer;
      this.#open("add");
      this.#withPairing((desk) => desk.follow(value));
    } else this.#memory.keep(LINK, undefined);
  }

  #tellPairing(state: Pairing, before: Pairing | undefined, pairing: Labels["pairing"]): void {
    const { region, host } = this.#world;
    if (this.view !== "add") return;
    const running = state.kind === "asking" || state.kind === "running";
    if (this.#back) this.#memory.keep(LINK, running ? state.id : undefined);
    if (state.kind === "running") {
      const { step } = state;
      const earlier = before?.kind === "running" ? before.step : undefined;
      if (step.type === "qr" && !(earlier?.type === "qr" && earlier.expiresAt === step.expiresAt))
        region.say(earlier?.type === "qr" ? pairing.newQr : pairing.stepQr);
      if (step.type === "code" && earlier?.type !== "code") region.say(pairing.stepCode);
      if (step.type === "step" && earlier?.type !== "step") region.say(pairing.stepSyncing);
    }
    if (state.kind === "ready") {
      region.say(pairing.readyNews(state.connection.label));
      void focusOn(host, ".pair-slot h3");
    } else if (before !== undefined && state.kind !== before.kind) void this.#keepFocus(state);
  }

  // what had the focus may be gone with the picture that it stood in
  async #keepFocus(state: Pairing): Promise<void> {
    const { host } = this.#world;
    await host.updateComplete;
    const root = host.renderRoot;
    if (!(root instanceof ShadowRoot) || root.activeElement !== null || document.activeElement !== document.body) return;
    await focusOn(host, state.kind === "start" ? '[aria-invalid="true"]' : ".pair-slot h3");
  }
}
