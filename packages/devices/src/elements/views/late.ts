import { html, type TemplateResult } from "lit";
import type { FirstWords } from "../labels/en/first.ts";
import { note } from "./note.ts";

/** What stands in the place of a part that is loaded on first use, until it has come. */
export function lateView({ failed }: { readonly failed: boolean }, { frame }: Pick<FirstWords, "frame">): TemplateResult {
  return failed
    ? note({ tone: "bad", glyph: "warn", role: "alert", title: frame.partFailedTitle, text: frame.partFailedText })
    : html`<p class="sr" role="status">${frame.partLoading}</p>
        <div class="form bones late" aria-hidden="true"><div class="bone w40"></div><div class="bone w60"></div><div class="bone w25"></div></div>`;
}
