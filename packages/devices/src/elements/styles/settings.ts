import { type CSSResult, css } from "lit";

/** Panels, engines, tabs, secrets, addresses and assigned numbers. */
export const settings: CSSResult = css`
  .panel { border: 1px solid var(--_border); border-radius: calc(var(--_r) * 2); background: var(--_surface); box-shadow: var(--_shadow); }
  .panel + .panel, .stack > * + * { margin-top: 18px; }
  .panel-head { padding: 18px 20px 0; }
  .panel-head h3 { font-size: calc(var(--_fs) * 1.143); letter-spacing: -.008em; }
  .panel-head p { margin-top: 2px; color: var(--_text-2); max-width: 72ch; }
  .panel-body { padding: 18px 20px 20px; }
  .panel-foot {
    display: flex;
    align-items: center;
    gap: 10px;
    flex-wrap: wrap;
    padding: 12px 20px;
    border-top: 1px solid var(--_border);
    color: var(--_text-2);
    font-size: var(--_fs-s);
  }
  .panel-foot .btn { font-size: var(--_fs); }
  .panel-foot > :first-child { margin-inline-end: auto; display: flex; flex-wrap: wrap; gap: 7px; align-items: center; }
  .split { display: grid; grid-template-columns: minmax(0, 1fr); gap: 24px; align-items: start; }
  .split > .panel { margin-top: 0; min-width: 0; }
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
  .engine input:focus-visible, .pick input:focus-visible { outline: none; }
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
  .form.cols { align-items: start; }
  .err[hidden] { display: none; }
  .url + .where { display: block; margin-top: 8px; }
  .secret { display: grid; gap: 0; border: 1px solid var(--_border-2); border-radius: var(--_r); background: var(--_sunken); }
  .secret li { display: flex; align-items: center; gap: 6px 10px; padding: 7px 7px 7px 12px; min-height: 40px; flex-wrap: wrap; }
  .secret li + li { border-top: 1px solid var(--_border); }
  .secret .dots { letter-spacing: 2px; color: var(--_text-2); }
  .secret .meta { font-size: var(--_fs-s); color: var(--_text-2); margin-inline-end: auto; }
  .set { display: grid; gap: 12px; }
  .set + .set { padding-top: 18px; border-top: 1px solid var(--_border); }
  .set-head { display: flex; justify-content: space-between; align-items: center; gap: 8px; }
  .set-head:empty { display: none; }
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
  .assign { width: 100%; border-collapse: collapse; }
  .assign th { text-align: start; font-size: var(--_fs-xs); font-weight: 500; color: var(--_text-3); padding: 0 8px 6px 0; }
  .assign td { padding: 6px 8px 6px 0; border-top: 1px solid var(--_border); }
  .assign td:last-child, .assign th:last-child { padding: 0; text-align: end; width: 32px; }
  @container wadesk (min-width: 560px) {
    .engines.two { grid-template-columns: 1fr 1fr; }
    .picks { grid-template-columns: 1fr 1fr; }
  }
  @container wadesk (min-width: 680px) {
    .engines { grid-template-columns: repeat(3, minmax(0, 1fr)); grid-template-rows: repeat(8, auto); }
    .engine { grid-row: span 8; grid-template-rows: subgrid; }
    .split { grid-template-columns: minmax(0, 1.35fr) minmax(0, 1fr); gap: 32px; }
  }
  @container wadesk (min-width: 680px) and (max-width: 899px) {
    .engine .tile { display: none; }
    .engine { padding: 14px; }
    .split { grid-template-columns: minmax(0, 1fr); }
  }
  @container wadesk (max-width: 520px) {
    .panel { border-radius: var(--_r-l); }
    .panel-head, .panel-body { padding-inline: 16px; }
    .panel-foot { padding-inline: 16px; }
    .panel-foot > :first-child { width: 100%; }
    .panel-foot .btn { flex: 1; }
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
  @container wadesk (max-width: 340px) {
    .panel .tile { display: none; }
    .copy-line { flex-wrap: wrap; }
    .split > * { min-width: 0; }
  }
  @media (pointer: coarse) {
    .tabs button { min-height: 44px; }
  }
  @media (forced-colors: active) {
    .engine:has(:checked), .pick:has(:checked) { border: 1px solid; outline: 2px solid Highlight; outline-offset: -2px; }
  }
`;
