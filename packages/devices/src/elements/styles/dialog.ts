import { type CSSResult, css } from "lit";

/** Dialogs: in the middle of the window, or sheets at its foot where it is narrow. */
export const dialog: CSSResult = css`
  .dlg {
    width: min(560px, calc(100vw - 32px));
    max-height: min(760px, calc(100dvh - 48px));
    margin: auto;
    padding: 0;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_r) * 2);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow-2);
    overflow: hidden;
  }
  .dlg[open] { display: flex; flex-direction: column; }
  .dlg::backdrop { background: rgb(10 11 14 / 0.5); }
  .dlg.narrow { width: min(440px, calc(100vw - 32px)); }
  .dlg-head { display: flex; align-items: flex-start; gap: 12px; padding: 18px 20px 0; }
  .dlg-head h2 { flex: 1; font-size: calc(var(--_fs) * 1.214); letter-spacing: -.012em; line-height: 1.35; overflow-wrap: anywhere; }
  .dlg-body { padding: 12px 20px 20px; overflow: auto; overscroll-behavior: contain; }
  .dlg-body:not(.form) > * + * { margin-top: 14px; }
  .dlg-foot {
    display: flex;
    gap: 8px;
    justify-content: flex-end;
    flex-wrap: wrap;
    align-items: center;
    padding: 14px 20px;
    border-top: 1px solid var(--_border);
    background: var(--_surface);
  }
  .dlg-foot .start { margin-inline-end: auto; }
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
  @media (max-width: 560px) {
    .dlg, .dlg.narrow {
      width: 100vw;
      max-width: 100vw;
      max-height: calc(100dvh - 24px);
      margin: auto 0 0;
      border-radius: calc(var(--_r) * 2) calc(var(--_r) * 2) 0 0;
      border-inline: 0;
      border-bottom: 0;
    }
    .dlg-foot .btn { flex: 1 1 auto; }
    .dlg-foot .start { flex-basis: 100%; order: 2; }
    .dlg .input, .dlg .select { font-size: max(1rem, var(--_fs)); }
  }
`;
