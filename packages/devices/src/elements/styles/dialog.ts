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
