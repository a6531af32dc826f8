import { type CSSResult, css } from "lit";

/** Panels. */
export const panel: CSSResult = css`
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
  @container wadesk (max-width: 520px) {
    .panel { border-radius: var(--_r-l); }
    .panel-head, .panel-body { padding-inline: 16px; }
    .panel-foot { padding-inline: 16px; }
    .panel-foot > :first-child { width: 100%; }
    .panel-foot .btn { flex: 1; }
  }
  @container wadesk (max-width: 340px) {
    .panel .tile { display: none; }
  }
`;
