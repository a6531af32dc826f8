import { type CSSResult, css } from "lit";

/** Buttons, chips, badges and switches. */
export const controls: CSSResult = css`
  .btn {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-height: var(--_h);
    padding: 5px 12px;
    border-radius: var(--_r);
    border: 1px solid var(--_border-2);
    background: var(--_surface);
    color: var(--_text);
    font-weight: 500;
    line-height: 1.3;
    cursor: pointer;
    text-decoration: none;
    transition: background-color var(--_quick), border-color var(--_quick), opacity var(--_quick);
  }
  .btn:hover { background: var(--_hover); }
  .btn:active { transform: translateY(0.5px); }
  .btn.primary { background: var(--_accent); border-color: var(--_accent); color: var(--_on-accent); }
  .btn.primary:hover { background: color-mix(in oklab, var(--_accent) 86%, var(--_surface)); border-color: transparent; }
  .btn.danger { background: var(--_danger); border-color: var(--_danger); color: var(--_on-danger); }
  .btn.danger:hover { background: color-mix(in oklab, var(--_danger) 88%, #000); }
  .btn.quiet { border-color: transparent; background: transparent; color: var(--_text-2); padding-inline: 8px; }
  .btn.quiet:hover { background: var(--_hover); color: var(--_text); }
  .btn.small { min-height: 28px; padding: 2px 10px; font-size: var(--_fs-s); border-radius: var(--_r-s); }
  .btn.wide { width: 100%; }
  .btn[aria-disabled="true"] { opacity: 0.55; cursor: default; }
  .icon-btn {
    display: grid;
    place-items: center;
    width: 28px;
    height: 28px;
    flex: none;
    padding: 0;
    border: 0;
    border-radius: var(--_r-s);
    background: transparent;
    color: var(--_text-2);
    cursor: pointer;
    transition: background-color var(--_quick), color var(--_quick);
  }
  .icon-btn:hover, .icon-btn[aria-expanded="true"] { background: var(--_hover); color: var(--_text); }
  .link-btn {
    padding: 0;
    border: 0;
    background: none;
    color: var(--_link);
    font-weight: 500;
    cursor: pointer;
    text-align: start;
    border-radius: 3px;
  }
  .link-btn:hover { text-decoration: underline; text-underline-offset: 2px; }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 24px;
    padding: 2px 9px 2px 7px;
    border-radius: 999px;
    font-size: var(--_fs-xs);
    font-weight: 550;
    white-space: nowrap;
    color: var(--_idle);
    background: var(--_idle-bg);
  }
  .chip.ok { color: var(--_ok); background: var(--_ok-bg); }
  .chip.wait { color: var(--_wait); background: var(--_wait-bg); }
  .chip.bad { color: var(--_bad); background: var(--_bad-bg); }
  .chip.info { color: var(--_info); background: var(--_info-bg); }
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    padding: 1px 7px;
    border: 1px solid var(--_border-2);
    border-radius: 999px;
    font-size: var(--_fs-xs);
    font-weight: 500;
    color: var(--_text-2);
    white-space: nowrap;
  }
  .badge.solid { background: var(--_accent); border-color: var(--_accent); color: var(--_on-accent); }
  .g-ok { color: var(--_ok-line); }
  .g-wait { color: var(--_wait-line); }
  .g-off { color: var(--_idle-line); }
  .g-bad { color: var(--_bad-line); }
  .g-info { color: var(--_info-line); }
  .muted { color: var(--_text-2); }
  .faint { color: var(--_text-3); }
  .small { font-size: var(--_fs-s); }
  .spin { animation: wadesk-spin 900ms linear infinite; }
  @keyframes wadesk-spin { to { transform: rotate(1turn); } }
  .seg { display: inline-flex; padding: 3px; gap: 2px; border-radius: calc(var(--_r) + 2px); background: var(--_idle-bg); max-width: 100%; }
  .seg label, .seg button {
    position: relative;
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 28px;
    padding: 2px 12px;
    border: 0;
    border-radius: var(--_r-s);
    background: none;
    font-weight: 500;
    color: var(--_text-2);
    cursor: pointer;
  }
  .seg label:has(:checked), .seg button[aria-pressed="true"] {
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow);
  }
  .seg input { position: absolute; inset: 0; opacity: 0; margin: 0; cursor: pointer; }
  .seg label:has(:focus-visible) { outline: 2px solid var(--_focus); outline-offset: 1px; }
  .actions { display: flex; gap: 8px; flex-wrap: wrap; align-items: center; }
  .actions.end { justify-content: flex-end; }
  @media (pointer: coarse) {
    .btn, .icon-btn, .radio, .menu button, .seg label, .seg button, .btn.small { min-height: 44px; }
    .icon-btn { min-width: 44px; }
  }
  @media (forced-colors: active) {
    .chip, .seg label:has(:checked) { border: 1px solid; }
    .meter i, .bars i { background: CanvasText; }
  }
`;
