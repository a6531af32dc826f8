import { type CSSResult, css } from "lit";

/** Addresses to be copied, and what one of several is picked by. */
export const picks: CSSResult = css`
  .split { display: grid; grid-template-columns: minmax(0, 1fr); gap: 24px; align-items: start; }
  .split > .panel { margin-top: 0; min-width: 0; }
  .url + .where { display: block; margin-top: 8px; }
  .url { display: grid; gap: 6px; }
  .url + .url { margin-top: 18px; }
  .url .test { display: grid; grid-template-columns: 16px 1fr; gap: 8px; font-size: var(--_fs-s); color: var(--_text-2); }
  .copy-line {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 4px 5px 4px 12px;
    min-height: 38px;
    border-radius: var(--_r);
    background: var(--_sunken);
    border: 1px solid var(--_border);
  }
  .copy-line code { flex: 1; min-width: 0; overflow-wrap: anywhere; padding: 3px 0; }
  .picks { display: grid; gap: 10px; }
  .pick { display: flex; gap: 11px; padding: 12px 14px; border: 1px solid var(--_border-2); border-radius: var(--_r-l); cursor: pointer; }
  .pick:has(:checked) { border-color: var(--_accent); box-shadow: 0 0 0 1px var(--_accent); }
  .pick:has(:focus-visible) { outline: 2px solid var(--_focus); outline-offset: 3px; }
  .pick input {
    appearance: none;
    width: 16px;
    height: 16px;
    margin: 2px 0 0;
    flex: none;
    border: 1.5px solid var(--_border-input);
    border-radius: 50%;
    background: var(--_surface);
  }
  .pick input[type="checkbox"] { border-radius: 4px; }
  .pick input:checked { border: 5px solid var(--_accent); }
  .pick strong { display: block; font-weight: 600; }
  .pick span span { color: var(--_text-2); font-size: var(--_fs-s); }
  .pick input:focus-visible { outline: none; }
  @container wadesk (min-width: 560px) {
    .picks { grid-template-columns: 1fr 1fr; }
  }
  @container wadesk (min-width: 680px) {
    .split { grid-template-columns: minmax(0, 1.35fr) minmax(0, 1fr); gap: 32px; }
  }
  @container wadesk (min-width: 680px) and (max-width: 899px) {
    .split { grid-template-columns: minmax(0, 1fr); }
  }
  @container wadesk (max-width: 340px) {
    .copy-line { flex-wrap: wrap; }
    .split > * { min-width: 0; }
  }
  @media (forced-colors: active) {
    .pick:has(:checked) { border: 1px solid; outline: 2px solid Highlight; outline-offset: -2px; }
  }
`;
