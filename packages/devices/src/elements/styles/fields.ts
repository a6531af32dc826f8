import { type CSSResult, css } from "lit";

/** Forms and their fields. */
export const fields: CSSResult = css`
  .form { display: grid; gap: 18px; }
  .field { display: grid; gap: 5px; min-width: 0; }
  .field > label, .legend, .field-label { font-weight: 550; display: flex; align-items: baseline; gap: 6px; flex-wrap: wrap; }
  .legend { padding: 0; margin-bottom: 5px; }
  .opt { font-weight: 400; color: var(--_text-3); font-size: var(--_fs-s); }
  .input, .select {
    width: 100%;
    min-height: calc(var(--_h) + 4px);
    padding: 6px 11px;
    border: 1px solid var(--_border-input);
    border-radius: var(--_r);
    background: var(--_surface);
    color: var(--_text);
    transition: border-color var(--_quick);
  }
  .select {
    appearance: none;
    padding-inline-end: 34px;
    background-image: linear-gradient(45deg, transparent 50%, var(--_text-2) 50%), linear-gradient(-45deg, transparent 50%, var(--_text-2) 50%);
    background-size: 5px 5px;
    background-repeat: no-repeat;
    background-position: right 17px center, right 12px center;
  }
  :host(:dir(rtl)) .select { background-position: left 12px center, left 17px center; }
  .input::placeholder { color: var(--_text-3); opacity: 1; }
  .input.ltr { direction: ltr; }
  :host(:dir(rtl)) .input.ltr { text-align: right; }
  .input:hover, .select:hover { border-color: var(--_text-2); }
  .input:focus-visible, .select:focus-visible { outline-offset: -1px; border-color: var(--_focus); }
  .input[readonly] { background: var(--_sunken); border-color: var(--_border-2); }
  .input[aria-invalid="true"] { border-color: var(--_bad-line); }
  .hint { font-size: var(--_fs-s); color: var(--_text-2); }
  .err { display: flex; gap: 6px; font-size: var(--_fs-s); color: var(--_bad); font-weight: 500; }
  .err .i { margin-top: 1px; color: var(--_bad-line); }
  .where { font-size: var(--_fs-s); }
  .where summary {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    color: var(--_link);
    cursor: pointer;
    list-style: none;
    border-radius: 3px;
    font-weight: 500;
  }
  .where summary::-webkit-details-marker { display: none; }
  .where summary .i { width: 12px; height: 12px; transition: transform var(--_quick); }
  :host(:dir(rtl)) .where:not([open]) summary .i { transform: scaleX(-1); }
  .where[open] summary .i { transform: rotate(90deg); }
  .where p { margin-top: 6px; padding: 8px 12px; border-radius: var(--_r); background: var(--_sunken); color: var(--_text-2); }
  .path { font-weight: 550; color: var(--_text); }
  .with-btn { display: flex; gap: 8px; align-items: stretch; }
  .with-btn > :first-child { flex: 1; min-width: 0; }
  @container wadesk (min-width: 560px) {
    .form.cols { grid-template-columns: 1fr 1fr; }
    .form.cols > .full { grid-column: 1 / -1; }
  }
  @container wadesk (max-width: 520px) {
    .input, .select { font-size: max(1rem, var(--_fs)); }
  }
`;
