import { type CSSResult, css } from "lit";

/** Lines with a mark: checks as they run, and what is to be done or known. */
export const checks: CSSResult = css`
  .checks { display: grid; border: 1px solid var(--_border); border-radius: var(--_r-l); }
  .checks li { display: grid; grid-template-columns: 20px 1fr auto; gap: 2px 10px; padding: 11px 14px; align-items: start; }
  .checks li + li { border-top: 1px solid var(--_border); }
  .checks li > .i { margin-top: 2px; }
  .checks .st { font-size: var(--_fs-s); color: var(--_text-3); }
  .checks .explain { grid-column: 2 / -1; margin-top: 4px; font-size: var(--_fs-s); color: var(--_text-2); display: grid; gap: 8px; }
  .checks .todo { color: var(--_text-3); }
  .checks .fail .t { color: var(--_bad); font-weight: 600; }
  .tick-list { display: grid; gap: 8px; color: var(--_text-2); }
  .tick-list li { display: flex; gap: 8px; }
  .tick-list .i { margin-top: 2px; }
  .or { display: flex; align-items: center; gap: 12px; color: var(--_text-3); font-size: var(--_fs-s); }
  .or::before, .or::after { content: ""; flex: 1; height: 1px; background: var(--_border); }
`;
