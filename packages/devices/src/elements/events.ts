import type { WireConnection } from "../wire/connection.ts";
import type { WireCounts } from "../wire/list.ts";

/** What a person asked for, before anything is done. */
export type WadeskAction =
  | "add"
  | "pair"
  | "reconnect"
  | "rename"
  | "check"
  | "set-default"
  | "disconnect"
  | "remove"
  | "signup"
  | "save"
  | "switch";

/** What the elements tell, by the name of the event; no secret stands in any. All bubble out of shadow roots. */
export interface WadeskEventDetails {
  "wadesk-ready": { readonly channel: string; readonly counts: WireCounts };
  "wadesk-connected": { readonly connection: WireConnection; readonly previous?: WireConnection };
  "wadesk-changed": { readonly connection: WireConnection; readonly previous?: WireConnection };
  "wadesk-removed": { readonly connection: WireConnection };
  /** Another view; `preventDefault()` where the application's own router goes there. */
  "wadesk-navigate": { readonly view: string; readonly connectionId?: string };
  /** `preventDefault()` keeps it from being done. */
  "wadesk-action": { readonly action: WadeskAction; readonly connection?: WireConnection };
  "wadesk-error": { readonly code: string; readonly remedy: string; readonly text: string };
  "wadesk-saved": { readonly channel: string; readonly fields: readonly string[] };
}

/** The events by name, as `addEventListener` has them. */
export type WadeskEventMap = { readonly [Name in keyof WadeskEventDetails]: CustomEvent<WadeskEventDetails[Name]> };

declare global {
  interface HTMLElementEventMap extends WadeskEventMap {}
}

const CANCELABLE: ReadonlySet<keyof WadeskEventDetails> = new Set(["wadesk-navigate", "wadesk-action"]);

/** Tells the application something; false when it called `preventDefault()`. */
export function tell<Name extends keyof WadeskEventDetails>(from: EventTarget, name: Name, detail: WadeskEventDetails[Name]): boolean {
  return from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: CANCELABLE.has(name) }));
}
