import { html, type LitElement, type ReactiveController, type TemplateResult } from "lit";

/** Two places that are read aloud: what is waited for, when there is a pause, and failures at once. */
export class LiveRegion implements ReactiveController {
  readonly #host: LitElement;
  #polite = "";
  #assertive = "";

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Says what the person waits for. */
  say(text: string): void {
    this.#polite = changed(this.#polite, text);
    this.#host.requestUpdate();
  }

  /** Says what failed of what the person does. */
  alert(text: string): void {
    this.#assertive = changed(this.#assertive, text);
    this.#host.requestUpdate();
  }

  /** Both, empty before the first word, as readers want them. */
  render(): TemplateResult {
    return html`<p class="sr" role="status">${this.#polite}</p><p class="sr" role="alert">${this.#assertive}</p>`;
  }

  hostDisconnected(): void {
    this.#polite = "";
    this.#assertive = "";
  }
}

// the same words twice are read once unless the text differs
function changed(before: string, text: string): string {
  return before === text ? `${text}\u00a0` : text;
}
