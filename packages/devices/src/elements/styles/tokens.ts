import { type CSSResult, css } from "lit";

/** Every colour, size and time, each to be set from outside by its public name: `--wadesk-surface` and the like. */
export const tokens: CSSResult = css`
  :host {
    container: wadesk / inline-size;
    display: block;
    inline-size: 100%;
    --_surface: var(--wadesk-surface, light-dark(#ffffff, #17181c));
    --_sunken: var(--wadesk-sunken, light-dark(#f5f5f7, #101114));
    --_hover: var(--wadesk-hover, light-dark(#f0f0f3, #22242a));
    --_border: var(--wadesk-border, light-dark(#e4e5e9, #2b2d34));
    --_border-2: var(--wadesk-border-button, light-dark(#d3d5db, #3b3e47));
    --_border-input: var(--wadesk-border-input, light-dark(#8a8d97, #737783));
    --_text: var(--wadesk-text, light-dark(#16181d, #eeeef1));
    --_text-2: var(--wadesk-text-secondary, light-dark(#4f535c, #b0b3bd));
    --_text-3: var(--wadesk-text-tertiary, light-dark(#646872, #9296a1));
    --_accent: var(--wadesk-accent, light-dark(#16181d, #f2f2f4));
    --_on-accent: var(--wadesk-on-accent, light-dark(#ffffff, #16181d));
    --_link: var(--wadesk-link, light-dark(#1d4fd7, #8fb4ff));
    --_focus: var(--wadesk-focus, light-dark(#2563eb, #7aa7ff));
    --_danger: var(--wadesk-danger, light-dark(#c1272f, #c9363d));
    --_on-danger: var(--wadesk-on-danger, #ffffff);
    --_ok: var(--wadesk-ok, light-dark(#12693d, #6fdca1));
    --_ok-line: var(--wadesk-ok-line, light-dark(#1b9a59, #34b573));
    --_ok-bg: var(--wadesk-ok-bg, light-dark(#e8f6ee, #12291d));
    --_wait: var(--wadesk-warning, light-dark(#8a4a00, #f3bd66));
    --_wait-line: var(--wadesk-warning-line, light-dark(#b86e00, #d2912a));
    --_wait-bg: var(--wadesk-warning-bg, light-dark(#fef3df, #2d220f));
    --_bad: var(--wadesk-bad, light-dark(#b3202a, #ff9f9b));
    --_bad-line: var(--wadesk-bad-line, light-dark(#d4343e, #ef5e5e));
    --_bad-bg: var(--wadesk-bad-bg, light-dark(#fdecec, #361a1b));
    --_info: var(--wadesk-info, light-dark(#1d4fd7, #a3c1ff));
    --_info-line: var(--wadesk-info-line, light-dark(#3b76f6, #5f93ff));
    --_info-bg: var(--wadesk-info-bg, light-dark(#ebf1fe, #172440));
    --_idle: var(--wadesk-idle, light-dark(#4f535c, #b0b3bd));
    --_idle-line: var(--wadesk-idle-line, light-dark(#7b7f8a, #858a96));
    --_idle-bg: var(--wadesk-idle-bg, light-dark(#efeff2, #24262c));
    --_shadow: 0 1px 2px light-dark(rgb(16 18 24 / 0.05), rgb(0 0 0 / 0.3));
    --_shadow-2: 0 1px 2px light-dark(rgb(16 18 24 / 0.08), rgb(0 0 0 / 0.4)), 0 12px 32px -8px light-dark(rgb(16 18 24 / 0.22), rgb(0 0 0 / 0.7));
    --_font: var(--wadesk-font, inherit);
    --_mono: var(--wadesk-font-mono, ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace);
    --_fs: var(--wadesk-font-size, 0.875rem);
    --_fs-s: calc(var(--_fs) * 0.929);
    --_fs-xs: calc(var(--_fs) * 0.857);
    --_fs-l: calc(var(--_fs) * 1.072);
    --_fs-xl: calc(var(--_fs) * 1.5);
    --_r: var(--wadesk-radius, 8px);
    --_r-s: calc(var(--_r) * 0.75);
    --_r-l: calc(var(--_r) * 1.5);
    --_h: var(--wadesk-control-height, 34px);
    --_quick: var(--wadesk-motion-quick, 120ms);
    --_calm: var(--wadesk-motion-calm, 220ms);
    --_ease: cubic-bezier(0.2, 0.7, 0.2, 1);
    color: var(--_text);
    font-family: var(--_font);
    font-size: var(--_fs);
    line-height: 1.45;
    text-align: start;
    -webkit-font-smoothing: antialiased;
  }
  :host([hidden]) { display: none; }
  :host([theme="light"]) { color-scheme: light; }
  :host([theme="dark"]) { color-scheme: dark; }
`;
