import type { LitElement, ReactiveController } from "lit";
import type { Store } from "../state/store.ts";

/** Redraws its host whenever a store's state is another. */
export class FollowStore implements ReactiveController {
  readonly #host: LitElement;
  readonly #store: Pick<Store<unknown, never>, "subscribe">;
  #stop: (() => void) | undefined;

  constructor(host: LitElement, store: Pick<Store<unknown, never>, "subscribe">) {
    this.#host = host;
    this.#store = store;
    host.addController(this);
  }

  hostConnected(): void {
    this.#stop = this.#store.subscribe(() => this.#host.requestUpdate());
  }

  hostDisconnected(): void {
    this.#stop?.();
  }
}
