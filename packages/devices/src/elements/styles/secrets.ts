import { type CSSResult, css } from "lit";

/** Secrets, assigned numbers and sets of fields. */
export const secrets: CSSResult = css`
  .form.cols { align-items: start; }
  .err[hidden] { display: none; }
  .secret { display: grid; gap: 0; border: 1px solid var(--_border-2); border-radius: var(--_r); background: var(--_sunken); }
  .secret li { display: flex; align-items: center; gap: 6px 10px; padding: 7px 7px 7px 12px; min-height: 40px; flex-wrap: wrap; }
  .secret li + li { border-top: 1px solid var(--_border); }
  .secret .dots { letter-spacing: 2px; color: var(--_text-2); }
  .secret .meta { font-size: var(--_fs-s); color: var(--_text-2); margin-inline-end: auto; }
  .set { display: grid; gap: 12px; }
  .set + .set { padding-top: 18px; border-top: 1px solid var(--_border); }
  .set-head { display: flex; justify-content: space-between; align-items: center; gap: 8px; }
  .set-head:empty { display: none; }
  .assign { width: 100%; border-collapse: collapse; }
  .assign th { text-align: start; font-size: var(--_fs-xs); font-weight: 500; color: var(--_text-3); padding: 0 8px 6px 0; }
  .assign td { padding: 6px 8px 6px 0; border-top: 1px solid var(--_border); }
  .assign td:last-child, .assign th:last-child { padding: 0; text-align: end; width: 32px; }
  @container wadesk (max-width: 520px) {
    .assign thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    .assign tr {
      display: grid;
      grid-template-columns: 1fr 36px;
      gap: 8px;
      padding: 10px 0;
      border-top: 1px solid var(--_border);
      align-items: center;
    }
    .assign td { padding: 0; border: 0; }
    .assign td:first-child { grid-column: 1 / -1; }
    .assign td:last-child { width: auto; }
  }
`;
