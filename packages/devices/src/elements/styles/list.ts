import { type CSSResult, css } from "lit";

/** Bones, what is said where there is nothing, and rows for many. */
export const list: CSSResult = css`
  .bone { border-radius: var(--_r-s); background: var(--_hover); height: 12px; }
  .bone.w40 { width: 40%; }
  .bone.w60 { width: 60%; }
  .bone.w25 { width: 25%; }
  .bone.pill { height: 22px; border-radius: 999px; width: 104px; }
  .bones { animation: wadesk-breathe 1.6s ease-in-out infinite alternate; }
  @keyframes wadesk-breathe { from { opacity: 1; } to { opacity: 0.5; } }
  .blank {
    display: grid;
    justify-items: center;
    gap: 14px;
    padding: 56px 24px;
    border: 1px dashed var(--_border-2);
    border-radius: calc(var(--_r) * 2);
    text-align: center;
    background: var(--_surface);
  }
  .blank h3 { font-size: calc(var(--_fs) * 1.214); letter-spacing: -.01em; }
  .blank p { max-width: 46ch; color: var(--_text-2); }
  .blank .actions { justify-content: center; }
  .art { width: 168px; height: 84px; color: var(--_border-input); }
  .toolbar { display: flex; gap: 10px; flex-wrap: wrap; align-items: center; margin-bottom: 12px; }
  .search { position: relative; flex: 1 1 220px; max-width: 360px; }
  .search .i { position: absolute; inset-inline-start: 11px; top: 50%; translate: 0 -50%; color: var(--_text-3); pointer-events: none; }
  .search .input { padding-inline-start: 34px; }
  .rows { border: 1px solid var(--_border); border-radius: var(--_r-l); background: var(--_surface); box-shadow: var(--_shadow); }
  .row {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 4px 12px;
    align-items: center;
    padding: 10px 10px 10px 16px;
    content-visibility: auto;
    contain-intrinsic-size: auto 52px;
  }
  .row + .row { border-top: 1px solid var(--_border); }
  .row h3 { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .row-id { min-width: 0; }
  .row .num, .row .meta { font-size: var(--_fs-s); color: var(--_text-2); }
  .row .icon-btn { grid-row: 1; grid-column: 2; }
  .row .chip-cell { grid-column: 1 / -1; display: flex; gap: 8px; align-items: center; flex-wrap: wrap; }
  .row .meta.region { display: none; }
  .more {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    flex-wrap: wrap;
    margin-top: 14px;
    color: var(--_text-2);
    font-size: var(--_fs-s);
  }
  @container wadesk (min-width: 560px) {
    .row { grid-template-columns: minmax(0, 1.5fr) minmax(150px, 0.9fr) auto; }
    .row .chip-cell { grid-column: 2; grid-row: 1; }
    .row .icon-btn { grid-column: 3; }
  }
  @container wadesk (min-width: 900px) {
    .row { grid-template-columns: minmax(0, 1.4fr) 110px minmax(190px, 1fr) auto; }
    .row .meta.region { display: block; grid-row: 1; grid-column: 2; }
    .row .chip-cell { grid-column: 3; }
    .row .icon-btn { grid-column: 4; }
  }
  .late { animation: wadesk-late 1ms 200ms both; }
  @keyframes wadesk-late { from { visibility: hidden; } to { visibility: visible; } }
  .arrived { display: flex; align-items: center; gap: 10px; margin-bottom: 12px; color: var(--_text-2); }
`;
