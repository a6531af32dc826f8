import type { LabelChanges } from "./labels/with-changes.ts";

/** Attributes that both tags take. */
export interface WadeskAttributes {
  /** Where the handler is mounted; `/wadesk` when absent. */
  readonly endpoint?: string;
  /** `auto`, which follows the page, when absent. */
  readonly theme?: "auto" | "light" | "dark";
  /** The level of the title's heading; 2 when absent. */
  readonly "heading-level"?: number;
}

/** Attributes of `<wadesk-devices>`. */
export interface WadeskDevicesAttributes extends WadeskAttributes {
  /** What is shown at first. */
  readonly view?: "list" | "add" | "add-account";
  /** The id of a connection to open. */
  readonly connection?: string;
  /** `auto`, which is lines where there is more than a page, when absent. */
  readonly layout?: "auto" | "cards" | "list";
  /** How many connections a page has; 50 when absent, 200 at most. */
  readonly "page-size"?: number;
  /** Whether nothing can be changed, whoever looks. */
  readonly readonly?: boolean;
}

/** Attributes of `<wadesk-settings>`. */
export interface WadeskSettingsAttributes extends WadeskAttributes {
  /** `engine`, or the channel whose settings are seen at first. */
  readonly tab?: string;
}

/** Properties of both tags: what no attribute can hold. */
export interface WadeskDevicesProperties {
  /** Words in place of the English ones, by room and key. */
  readonly labels?: LabelChanges;
  /** Headers of each request, such as a token. */
  readonly headers?: () => HeadersInit | Promise<HeadersInit>;
  /** In place of the browser's. */
  readonly fetch?: typeof globalThis.fetch;
}
