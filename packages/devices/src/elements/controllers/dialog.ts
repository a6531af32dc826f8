import type { LitElement, ReactiveController } from "lit";
import { createRef, type Ref } from "lit/directives/ref.js";
import { activeIn, focusOn } from "./focus.ts";

/** Opens and closes a native dialog, and gives the focus back to what opened it. */
export class DialogController implements ReactiveController {
  readonly dialog: Ref<HTMLDialogElement> = createRef();
  readonly #host: LitElement;
  readonly #whenClosed: () => void;
  #opener: HTMLElement | undefined;
  /** Selects what gets the focus when it closes and what opened it is gone; the title at first. */
  back = "h2";
  /** Whether it may not be closed now, as while something runs that was asked for. */
  held = false;

  constructor(host: LitElement, whenClosed: () => void) {
    this.#host = host;
    this.#whenClosed = whenClosed;
    host.addController(this);
  }

  /** Opens it, once its inside is drawn; `first` selects what gets the focus. */
  async open(first = "h2", back = "h2"): Promise<void> {
    this.back = back;
    this.#opener = activeIn(this.#host.renderRoot);
    await this.#host.updateComplete;
    const { value } = this.dialog;
    if (value === undefined || value.open) return;
    value.showModal();
    value.querySelector<HTMLElement>(first)?.focus();
  }

  readonly close = (): void => this.dialog.value?.close();

  readonly cancelled = (event: Event): void => {
    if (this.held) event.preventDefault();
  };

  // Escape, the cross and the buttons take one road
  readonly closed = (): void => {
    const opener = this.#opener;
    this.#opener = undefined;
    this.#whenClosed();
    void this.#host.updateComplete.then(() => (opener?.isConnected ? opener.focus() : focusOn(this.#host, this.back)));
  };

  hostDisconnected(): void {
    this.dialog.value?.close();
  }
}
