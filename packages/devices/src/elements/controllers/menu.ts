import type { LitElement, ReactiveController } from "lit";
import { focusOn } from "./focus.ts";

/** One menu at a time: which is open, its keys, and the focus back on its button. */
export class MenuController implements ReactiveController {
  readonly #host: LitElement;
  #open: string | undefined;
  #typed = "";
  #typedAt = 0;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Whose menu is open. */
  get open(): string | undefined {
    return this.#open;
  }

  /** Opens the menu of a thing, or closes it. */
  toggle(id: string): void {
    if (this.#open === id) {
      this.close();
      return;
    }
    this.#open = id;
    this.#host.requestUpdate();
    void focusOn(this.#host, '[role="menuitem"]');
  }

  /** Closes it; the focus goes back to its button where nothing else is about to take it. */
  close(back = true): void {
    const id = this.#open;
    if (id === undefined) return;
    this.#open = undefined;
    this.#host.requestUpdate();
    if (back) void focusOn(this.#host, `[data-menu-of="${CSS.escape(id)}"]`);
  }

  readonly left = (event: FocusEvent): void => {
    const { currentTarget, relatedTarget } = event;
    if (!(currentTarget as Node).contains(relatedTarget as Node | null)) this.close(false);
  };

  readonly keys = (event: KeyboardEvent): void => {
    const items = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role="menuitem"]')];
    const at = items.indexOf(event.target as HTMLElement);
    const to = this.#target(event, items, at);
    if (event.key === "Escape" || event.key === "Tab") this.close(event.key === "Escape");
    if (event.key === "Escape" || to !== undefined) event.preventDefault();
    to?.focus();
  };

  #target({ key, timeStamp }: KeyboardEvent, items: readonly HTMLElement[], at: number): HTMLElement | undefined {
    if (key === "ArrowDown") return items[(at + 1) % items.length];
    if (key === "ArrowUp") return items[(at + items.length - 1) % items.length];
    if (key === "Home") return items[0];
    if (key === "End") return items.at(-1);
    if (key.length !== 1 || key === " ") return undefined;
    this.#typed = timeStamp - this.#typedAt > 700 ? key : this.#typed + key;
    this.#typedAt = timeStamp;
    const sought = this.#typed.toLocaleLowerCase();
    return items.find(({ textContent }) => textContent.trim().toLocaleLowerCase().startsWith(sought));
  }

  hostDisconnected(): void {
    this.#open = undefined;
  }
}
