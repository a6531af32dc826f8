import { type CSSResult, css } from "lit";

/** Filters: rows of chips, and a sidebar where there is room. */
export const filters: CSSResult = css`
  .layout { display: grid; gap: 20px; }
  .layout > * { min-width: 0; }
  .filters { display: grid; gap: 10px; min-width: 0; }
  .filter-group { min-width: 0; }
  .filter-group legend { font-size: var(--_fs-xs); font-weight: 550; color: var(--_text-3); padding: 0 0 6px; }
  .filter-list { display: flex; gap: 6px; overflow-x: auto; padding: 3px; margin: -3px; scrollbar-width: none; }
  .radio {
    position: relative;
    display: flex;
    align-items: center;
    gap: 8px;
    flex: none;
    min-height: 32px;
    padding: 4px 12px;
    border-radius: 999px;
    border: 1px solid var(--_border);
    background: var(--_surface);
    color: var(--_text-2);
    font-weight: 500;
    cursor: pointer;
    transition: background-color var(--_quick);
  }
  .radio:hover { background: var(--_hover); color: var(--_text); }
  .radio input { position: absolute; inset: 0; opacity: 0; margin: 0; cursor: pointer; }
  .radio .count {
    margin-inline-start: auto;
    font-size: var(--_fs-s);
    font-weight: 400;
    color: var(--_text-3);
    font-variant-numeric: tabular-nums;
  }
  .radio:has(:checked) { background: var(--_accent); border-color: var(--_accent); color: var(--_on-accent); }
  .radio:has(:checked) .count { color: inherit; }
  .radio:has(:checked) .s { color: inherit; }
  @container wadesk (min-width: 900px) {
    .layout { grid-template-columns: 196px minmax(0, 1fr); gap: 32px; align-items: start; }
    .filters { gap: 22px; align-content: start; }
    .filter-list { display: grid; gap: 2px; overflow: visible; margin: 0 -8px; padding: 0; }
    .radio { border-color: transparent; background: transparent; border-radius: var(--_r-s); padding: 4px 10px; }
    .radio:has(:checked) { background: var(--_idle-bg); border-color: transparent; color: var(--_text); font-weight: 600; }
    .radio:has(:checked) .s.g-ok { color: var(--_ok-line); }
    .radio:has(:checked) .s.g-wait { color: var(--_wait-line); }
    .radio:has(:checked) .s.g-off { color: var(--_idle-line); }
    .radio:has(:checked) .s.g-bad { color: var(--_bad-line); }
    .radio:has(:checked) .count { color: var(--_text-2); }
  }
  @media (forced-colors: active) {
    .radio:has(:checked) { border: 1px solid; outline: 2px solid Highlight; outline-offset: -2px; }
  }
`;
