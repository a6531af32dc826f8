import { html, type TemplateResult } from "lit";

/** A phone on its way to a square of ours, for a list without phones. */
export function phonesArt(): TemplateResult {
  return html`<svg class="art" viewBox="0 0 168 84" aria-hidden="true">
    <g fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round">
      <rect x="16" y="8" width="38" height="68" rx="8" /><path d="M30 67h10M64 42h6M78 42h6M92 42h6" />
      <rect x="112" y="22" width="40" height="40" rx="9" /><rect x="121" y="31" width="8" height="8" rx="2" />
      <rect x="135" y="31" width="8" height="8" rx="2" /><rect x="121" y="45" width="8" height="8" rx="2" />
      <path d="M135 46h3v3M143 46v7h-5" />
    </g>
  </svg>`;
}

/** A cloud with a tick between two numbers, for a list without numbers. */
export function cloudArt(): TemplateResult {
  return html`<svg class="art" viewBox="0 0 168 84" aria-hidden="true">
    <g fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">
      <path d="M66 58a13 13 0 0 1-1-26 18 18 0 0 1 35-2 14.5 14.5 0 0 1 1 28H66Z" /><path d="m75 44 6 6 12-12" />
      <path d="M24 66h28M116 66h28M24 66v-8M144 66v-8" stroke-dasharray="3 5" />
      <rect x="14" y="34" width="20" height="24" rx="6" /><rect x="134" y="34" width="20" height="24" rx="6" />
    </g>
  </svg>`;
}
