import { type CSSResult, css } from "lit";

/** What holds for all that is drawn: boxes, headings, focus, and no motion where none is wanted. */
export const base: CSSResult = css`
  *, ::before, ::after { box-sizing: border-box; }
  :where(h2, h3, h4, p, ul, ol, dl, dd, figure, fieldset) { margin: 0; padding: 0; border: 0; }
  :where(ul, ol) { list-style: none; }
  :where(fieldset) { min-width: 0; }
  :where(button, input, select) { font: inherit; color: inherit; }
  :where(h2, h3, h4) { font-size: inherit; font-weight: 600; text-wrap: balance; }
  :where(p) { text-wrap: pretty; }
  svg { display: block; flex: none; }
  .i { width: 16px; height: 16px; }
  .s { width: 12px; height: 12px; }
  [hidden] { display: none; }
  .sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  bdi, .num { font-variant-numeric: tabular-nums; }
  .num { direction: ltr; unicode-bidi: isolate; white-space: nowrap; }
  .mono { font-family: var(--_mono); font-size: 0.93em; direction: ltr; unicode-bidi: isolate; }
  :focus-visible, .radio:has(:focus-visible) { outline: 2px solid var(--_focus); outline-offset: 2px; }
  h2:focus, h3:focus { outline: none; }
  a { color: var(--_link); text-underline-offset: 2px; text-decoration-thickness: 1px; border-radius: 3px; }
  a:hover { text-decoration-thickness: 2px; }
  @media (prefers-reduced-motion: reduce) {
    *, ::before, ::after {
      transition-duration: 1ms !important;
      animation-duration: 1ms !important;
      animation-iteration-count: 1 !important;
    }
  }
`;
