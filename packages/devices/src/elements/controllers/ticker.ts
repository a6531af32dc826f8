import type { LitElement, ReactiveController } from "lit";
import type { Clock } from "../client/clock.ts";

/** Redraws its host at intervals, so that "20 seconds ago" and countdowns stay true; stands still while the page is hidden. */
export class Ticker implements ReactiveController {
  readonly #host: LitElement;
  readonly #clock: () => Clock;
  readonly #everyMs: () => number;
  #stop: (() => void) | undefined;

  constructor(host: LitElement, clock: () => Clock, everyMs: () => number) {
    this.#host = host;
    this.#clock = clock;
    this.#everyMs = everyMs;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener("visibilitychange", this.#look);
  }

  // each picture says how long it stays true
  hostUpdated(): void {
    this.#stop?.();
    this.#stop = document.hidden ? undefined : this.#clock().after(this.#everyMs(), () => this.#host.requestUpdate());
  }

  hostDisconnected(): void {
    document.removeEventListener("visibilitychange", this.#look);
    this.#stop?.();
    this.#stop = undefined;
  }

  readonly #look = (): void => {
    if (document.hidden) this.#stop?.();
    else this.#host.requestUpdate();
  };
}
