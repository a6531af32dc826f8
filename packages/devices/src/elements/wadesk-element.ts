import { LitElement, type PropertyDeclarations } from "lit";
import { browserClock, type Clock } from "./client/clock.ts";
import type { Reach } from "./client/requests.ts";
import { LiveRegion } from "./controllers/live-region.ts";
import { type FirstWords, first } from "./labels/en/first.ts";
import { type LabelChanges, withChanges } from "./labels/with-changes.ts";

/** What both elements are given by the application. */
export class WadeskElement extends LitElement {
  static override readonly properties: PropertyDeclarations = {
    endpoint: {},
    theme: { reflect: true },
    lang: { reflect: true },
    headingLevel: { attribute: "heading-level", type: Number },
    labels: { attribute: false },
    headers: { attribute: false },
    fetch: { attribute: false },
    clock: { attribute: false },
  };
  /** Where the handler is mounted; `/wadesk` at first. */
  declare endpoint: string;
  /** `auto` follows the page. */
  declare theme: "auto" | "light" | "dark";
  /** The level of the title's heading, 2 at first. */
  declare headingLevel: number;
  /** Words in place of the English ones, by room and key. */
  declare labels: LabelChanges;
  /** Headers for each request, such as a token. */
  declare headers: (() => HeadersInit | Promise<HeadersInit>) | undefined;
  /** In place of the browser's. */
  declare fetch: typeof globalThis.fetch | undefined;
  /** In place of the browser's. */
  declare clock: Clock;
  /** Reads aloud what happens. */
  protected readonly region: LiveRegion = new LiveRegion(this);
  protected words: FirstWords = first;

  constructor() {
    super();
    this.endpoint = "/wadesk";
    this.theme = "auto";
    this.headingLevel = 2;
    this.labels = {};
    this.headers = undefined;
    this.fetch = undefined;
    this.clock = browserClock;
  }

  /** The language of times and numbers: the element's own, or of what it stands in. */
  get language(): string {
    return this.closest("[lang]")?.getAttribute("lang") || navigator.language || "en";
  }

  /** How the handler is reached, as it is now. */
  protected readonly reach: Reach = {
    endpoint: () => this.endpoint,
    headers: () => this.headers?.() ?? {},
    fetch: (input, init) => (this.fetch ?? globalThis.fetch)(input, init),
  };

  /** Puts a text into the clipboard, and says so. */
  protected async copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.region.say(this.words.frame.copied);
    } catch {
      // a browser that does not allow it; the text stands there to be read
    }
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("labels")) this.words = withChanges(this.labels, first);
  }
}
