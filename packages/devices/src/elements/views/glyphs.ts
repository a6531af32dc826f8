import { html, type SVGTemplateResult, svg, type TemplateResult } from "lit";

/** A glyph by its name. */
export type Glyph =
  | "plus"
  | "dots"
  | "check"
  | "cross"
  | "back"
  | "next"
  | "again"
  | "copy"
  | "out"
  | "find"
  | "warn"
  | "info"
  | "stop"
  | "offline"
  | "clock"
  | "lock"
  | "key"
  | "pen"
  | "star"
  | "unlink"
  | "bin"
  | "pulse"
  | "list"
  | "cards"
  | "ring"
  | "todo"
  | "passed"
  | "failed"
  | "phone"
  | "channel-unofficial"
  | "channel-cloud"
  | "channel-relay"
  | "state-connected"
  | "state-pending"
  | "state-disconnected"
  | "state-failed";

// own shapes: 1.5 px strokes with round ends; states differ by shape, not by colour alone; no vendor's logo
const SHAPES: Readonly<Record<Glyph, SVGTemplateResult>> = {
  plus: svg`<path d="M8 3v10M3 8h10" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round"/>`,
  dots: svg`<g fill="currentColor"><circle cx="3.2" cy="8" r="1.35"/><circle cx="8" cy="8" r="1.35"/><circle cx="12.8" cy="8" r="1.35"/></g>`,
  check: svg`<path d="m3 8.6 3.3 3.2L13 4.6" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/>`,
  cross: svg`<path d="m4 4 8 8M12 4l-8 8" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"/>`,
  back: svg`<path d="M10 3.5 5.5 8l4.5 4.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>`,
  next: svg`<path d="M6 3.5 10.5 8 6 12.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>`,
  again: svg`<path d="M13 8a5 5 0 1 1-1.6-3.7L13 5.8M13 2.6v3.2H9.8" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/>`,
  copy: svg`<g fill="none" stroke="currentColor" stroke-width="1.4" stroke-linejoin="round"><rect x="5.5" y="5.5" width="8" height="8" rx="1.8"/><path d="M10.5 3.5v-.2a1.3 1.3 0 0 0-1.3-1.3H3.8A1.8 1.8 0 0 0 2 3.8v5.4a1.3 1.3 0 0 0 1.3 1.3h.2" stroke-linecap="round"/></g>`,
  out: svg`<path d="M9.5 2.5h4v4M13 3 7.5 8.5M12 9.5v2.7a1.3 1.3 0 0 1-1.3 1.3H3.8a1.3 1.3 0 0 1-1.3-1.3V5.3A1.3 1.3 0 0 1 3.8 4h2.7" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round"/>`,
  find: svg`<g fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round"><circle cx="7" cy="7" r="4.3"/><path d="m10.3 10.3 3.2 3.2"/></g>`,
  warn: svg`<path d="M8 2.3 14.2 13H1.8L8 2.3Z" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linejoin="round"/><path d="M8 6.4v3.1" stroke="currentColor" stroke-width="1.5" stroke-linecap="round"/><circle cx="8" cy="11.3" r=".85" fill="currentColor"/>`,
  info: svg`<circle cx="8" cy="8" r="5.8" fill="none" stroke="currentColor" stroke-width="1.4"/><path d="M8 7.5v3.3" stroke="currentColor" stroke-width="1.5" stroke-linecap="round"/><circle cx="8" cy="5.2" r=".9" fill="currentColor"/>`,
  stop: svg`<circle cx="8" cy="8" r="5.8" fill="none" stroke="currentColor" stroke-width="1.4"/><path d="m4 12 8-8" stroke="currentColor" stroke-width="1.4"/>`,
  offline: svg`<path d="M2 6.5a9 9 0 0 1 3-1.9M8.5 4A9 9 0 0 1 14 6.5M4.5 9.2a5.3 5.3 0 0 1 2.4-1.3M11.5 9.2a5 5 0 0 0-.8-.6M3 2.5l10 11" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round"/><circle cx="8" cy="12" r="1" fill="currentColor"/>`,
  clock: svg`<g fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round"><circle cx="8" cy="8" r="5.8"/><path d="M8 4.8V8l2.2 1.6"/></g>`,
  lock: svg`<g fill="none" stroke="currentColor" stroke-width="1.4"><rect x="3.2" y="7" width="9.6" height="6.5" rx="1.6"/><path d="M5.3 7V5.2a2.7 2.7 0 0 1 5.4 0V7"/></g>`,
  key: svg`<g fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round"><circle cx="5.5" cy="10.5" r="3"/><path d="m7.7 8.3 5.3-5.3M10.5 5.5l2 2"/></g>`,
  pen: svg`<path d="M3 13l.6-2.8 7-7a1.3 1.3 0 0 1 1.9 0l.3.3a1.3 1.3 0 0 1 0 1.9l-7 7L3 13Z" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linejoin="round"/>`,
  star: svg`<path d="m8 2.3 1.7 3.6 3.9.5-2.9 2.7.8 3.9L8 11.1 4.5 13l.8-3.9L2.4 6.4l3.9-.5L8 2.3Z" fill="none" stroke="currentColor" stroke-width="1.3" stroke-linejoin="round"/>`,
  unlink: svg`<path d="M6.5 9.5 5 11a2.1 2.1 0 0 1-3-3l2-2M9.5 6.5 11 5a2.1 2.1 0 0 1 3 3l-2 2M5.5 2.5v2M2.5 4.3l1.4.6M10.5 13.5v-2" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round"/>`,
  bin: svg`<path d="M2.8 4.3h10.4M6 4V2.8h4V4M4.2 4.5l.6 8a1 1 0 0 0 1 .9h4.4a1 1 0 0 0 1-.9l.6-8M6.7 7v4M9.3 7v4" fill="none" stroke="currentColor" stroke-width="1.3" stroke-linecap="round" stroke-linejoin="round"/>`,
  pulse: svg`<path d="M1.8 8.5h2.7L6.3 4l3 8.3L11 8.5h3.2" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round"/>`,
  list: svg`<path d="M3 4.5h10M3 8h10M3 11.5h10" stroke="currentColor" stroke-width="1.5" stroke-linecap="round"/>`,
  cards: svg`<g fill="none" stroke="currentColor" stroke-width="1.4"><rect x="2.5" y="2.5" width="4.6" height="4.6" rx="1.2"/><rect x="8.9" y="2.5" width="4.6" height="4.6" rx="1.2"/><rect x="2.5" y="8.9" width="4.6" height="4.6" rx="1.2"/><rect x="8.9" y="8.9" width="4.6" height="4.6" rx="1.2"/></g>`,
  ring: svg`<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-opacity=".25" stroke-width="2"/><path d="M8 2a6 6 0 0 1 6 6" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"/>`,
  todo: svg`<circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" stroke-width="1.4" stroke-dasharray="2.2 2.2"/>`,
  passed: svg`<circle cx="8" cy="8" r="6.5" fill="currentColor" opacity=".16"/><path d="m5 8.3 2.1 2.1L11.2 6" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>`,
  failed: svg`<circle cx="8" cy="8" r="6.5" fill="currentColor" opacity=".16"/><path d="m5.7 5.7 4.6 4.6M10.3 5.7l-4.6 4.6" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"/>`,
  phone: svg`<g fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round"><rect x="5.5" y="2.5" width="9" height="15" rx="2.3"/><path d="M9 14.8h2"/></g>`,
  "channel-unofficial": svg`<g fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"><rect x="3" y="3" width="5" height="5" rx="1.3"/><rect x="12" y="3" width="5" height="5" rx="1.3"/><rect x="3" y="12" width="5" height="5" rx="1.3"/><path d="M12 12h2v2M17 12v1M12 17h1.5M17 16v1h-1"/></g>`,
  "channel-cloud": svg`<g fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"><path d="M6 15.5a3.5 3.5 0 0 1-.5-6.96A4.75 4.75 0 0 1 14.7 8a3.8 3.8 0 0 1-.2 7.5H6Z"/><path d="m7.8 11.5 1.6 1.6 2.9-3"/></g>`,
  "channel-relay": svg`<g fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"><circle cx="10" cy="10" r="2.6"/><path d="M2.5 6.5h3l2.5 1.8M17.5 6.5h-3L12 8.3M2.5 13.5h3L8 11.7M17.5 13.5h-3L12 11.7"/></g>`,
  "state-connected": svg`<circle cx="6" cy="6" r="5.5" fill="currentColor" opacity=".22"/><circle cx="6" cy="6" r="3" fill="currentColor"/>`,
  "state-pending": svg`<circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M6 1.8a4.2 4.2 0 0 1 0 8.4Z" fill="currentColor"/>`,
  "state-disconnected": svg`<circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" stroke-width="1.6"/>`,
  "state-failed": svg`<path d="M6 .8 11.2 6 6 11.2.8 6Z" fill="currentColor"/>`,
};

const LARGE: ReadonlySet<Glyph> = new Set(["phone", "channel-unofficial", "channel-cloud", "channel-relay"]);

/** Draws one, as an ornament: whatever it says stands beside it in words. */
export function glyph(name: Glyph, className = ""): TemplateResult {
  const small = name.startsWith("state-");
  const size = small ? 12 : LARGE.has(name) ? 20 : 16;
  return html`<svg class="${small ? "s" : "i"} ${className}" viewBox="0 0 ${size} ${size}" aria-hidden="true">${SHAPES[name]}</svg>`;
}
