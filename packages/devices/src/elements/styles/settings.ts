import { type CSSResult, css } from "lit";

/** Tabs, and the engines beside each other. */
export const settings: CSSResult = css`
  .engines { display: grid; gap: 14px; }
  .engine {
    position: relative;
    display: grid;
    gap: 0;
    padding: 16px;
    border: 1px solid var(--_border-2);
    border-radius: var(--_r-l);
    background: var(--_surface);
    cursor: pointer;
    transition: border-color var(--_quick);
    align-content: start;
  }
  .engine:hover { border-color: var(--_border-input); }
  .engine:has(:checked) { border-color: var(--_accent); box-shadow: 0 0 0 1px var(--_accent); }
  .engine:has(:focus-visible) { outline: 2px solid var(--_focus); outline-offset: 3px; }
  .engine-top { display: flex; align-items: center; gap: 12px; padding-bottom: 12px; }
  .engine-top .name { flex: 1; font-weight: 600; font-size: var(--_fs-l); min-width: 0; }
  .engine-top .name small { display: block; font-weight: 400; font-size: var(--_fs-s); color: var(--_text-2); }
  .engine input {
    appearance: none;
    width: 18px;
    height: 18px;
    margin: 0;
    flex: none;
    border: 1.5px solid var(--_border-input);
    border-radius: 50%;
    background: var(--_surface);
    cursor: pointer;
  }
  .engine input:checked { border: 5px solid var(--_accent); }
  .engine input:focus-visible { outline: none; }
  .erow { display: grid; gap: 1px; padding: 9px 0; border-top: 1px solid var(--_border); align-content: start; }
  .erow > span:first-child { font-size: var(--_fs-xs); color: var(--_text-3); }
  .erow .v { display: flex; gap: 7px; align-items: baseline; }
  .erow .v .bars { align-self: center; }
  .engine-end {
    padding-top: 12px;
    border-top: 1px solid var(--_border);
    display: flex;
    align-items: center;
    gap: 8px;
    flex-wrap: wrap;
  }
  .tabs { display: flex; gap: 4px; border-bottom: 1px solid var(--_border); overflow-x: auto; scrollbar-width: none; margin-bottom: 20px; }
  .tabs button {
    display: flex;
    align-items: center;
    gap: 7px;
    flex: none;
    padding: 9px 12px 10px;
    border: 0;
    background: none;
    color: var(--_text-2);
    font-weight: 500;
    cursor: pointer;
    border-bottom: 2px solid transparent;
    margin-bottom: -1px;
    border-radius: var(--_r-s) var(--_r-s) 0 0;
  }
  .tabs button:hover { color: var(--_text); }
  .tabs button[aria-selected="true"] { color: var(--_text); border-bottom-color: var(--_accent); font-weight: 600; }
  .tabs button:focus-visible { outline-offset: -3px; }
  @container wadesk (min-width: 560px) {
    .engines.two { grid-template-columns: 1fr 1fr; }
  }
  @container wadesk (min-width: 680px) {
    .engines { grid-template-columns: repeat(3, minmax(0, 1fr)); grid-template-rows: repeat(8, auto); }
    .engine { grid-row: span 8; grid-template-rows: subgrid; }
  }
  @container wadesk (min-width: 680px) and (max-width: 899px) {
    .engine .tile { display: none; }
    .engine { padding: 14px; }
  }
  @media (pointer: coarse) {
    .tabs button { min-height: 44px; }
  }
  @media (forced-colors: active) {
    .engine:has(:checked) { border: 1px solid; outline: 2px solid Highlight; outline-offset: -2px; }
  }
`;
