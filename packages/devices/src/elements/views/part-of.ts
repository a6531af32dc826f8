import type { DirectiveResult } from "lit/directive.js";
import { ref } from "lit/directives/ref.js";

/** Sets how much of a meter is full, in percent: through the style object, which no policy forbids as it does attributes. */
export function partOf(percent: number): DirectiveResult {
  return ref((bar) => {
    if (bar instanceof HTMLElement) bar.style.setProperty("--_part", String(percent));
  });
}
