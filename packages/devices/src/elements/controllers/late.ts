import type { CSSResult, LitElement } from "lit";

/** What a file of the script brings that is loaded on first use. */
export interface LatePart {
  /** The style sheets of what it draws. */
  readonly sheets: readonly CSSResult[];
}

/** A part of the screen that is loaded on first use: another file of the script, or another chunk of the application's bundle. */
export class Late<Part extends LatePart> {
  /** What it brought, once it is there. */
  part: Part | undefined;
  /** Whether the last try came to nothing. */
  failed = false;
  readonly #host: LitElement;
  readonly #import: () => Promise<Part>;
  readonly #came: (part: Part) => void;
  #loading: Promise<void> | undefined;

  constructor(host: LitElement, load: () => Promise<Part>, came: (part: Part) => void = () => {}) {
    this.#host = host;
    this.#import = load;
    this.#came = came;
  }

  /** Loads it, unless it is there or comes; after a failure it is tried again. Ends when it has come or failed. */
  load(): Promise<void> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load(): Promise<void> {
    this.failed = false;
    try {
      const part = await this.#import();
      adopt(this.#host.renderRoot, part.sheets);
      this.part = part;
      this.#came(part);
    } catch {
      this.failed = true;
      this.#loading = undefined;
    }
    this.#host.requestUpdate();
  }
}

function adopt(root: unknown, sheets: readonly CSSResult[]): void {
  if (!(root instanceof ShadowRoot)) return;
  for (const { styleSheet } of sheets)
    if (styleSheet !== undefined && !root.adoptedStyleSheets.includes(styleSheet)) root.adoptedStyleSheets.push(styleSheet);
}
