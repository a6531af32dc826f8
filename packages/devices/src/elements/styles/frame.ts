import { type CSSResult, css } from "lit";

/** Title, counter, primary action and banners. */
export const frame: CSSResult = css`
  .head { display: flex; align-items: flex-start; gap: 12px 16px; flex-wrap: wrap; margin-bottom: 24px; }
  .head-text { flex: 1 1 260px; min-width: 0; }
  .title { display: flex; align-items: center; gap: 10px; flex-wrap: wrap; }
  .title h2 { font-size: var(--_fs-xl); letter-spacing: -.018em; line-height: 1.25; }
  .counter {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    padding: 2px 10px 2px 8px;
    border-radius: 999px;
    border: 1px solid var(--_border);
    background: var(--_surface);
    font-size: var(--_fs-s);
    color: var(--_text-2);
    font-variant-numeric: tabular-nums;
  }
  .sub { margin-top: 3px; color: var(--_text-2); display: flex; align-items: center; gap: 6px; }
  .back {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    margin: 0 0 10px -6px;
    padding: 2px 8px 2px 4px;
    border: 0;
    background: none;
    border-radius: var(--_r-s);
    color: var(--_text-2);
    font-weight: 500;
    cursor: pointer;
  }
  .back:hover { background: var(--_hover); color: var(--_text); }
  :host(:dir(rtl)) .flip { transform: scaleX(-1); }
  .notes { display: grid; gap: 10px; margin-bottom: 20px; }
  .note {
    display: flex;
    gap: 10px;
    align-items: flex-start;
    padding: 11px 14px;
    border-radius: var(--_r);
    background: var(--_idle-bg);
    color: var(--_text);
  }
  .note > .i { margin-top: 2px; color: var(--_idle-line); }
  .note.info { background: var(--_info-bg); }
  .note.info > .i { color: var(--_info-line); }
  .note.wait { background: var(--_wait-bg); }
  .note.wait > .i { color: var(--_wait-line); }
  .note.bad { background: var(--_bad-bg); }
  .note.bad > .i { color: var(--_bad-line); }
  .note.ok { background: var(--_ok-bg); }
  .note.ok > .i { color: var(--_ok-line); }
  .note-body { flex: 1; min-width: 0; display: flex; gap: 6px 20px; align-items: center; flex-wrap: wrap; justify-content: space-between; }
  .note-body > div:first-child { flex: 1 1 300px; min-width: 0; }
  .note p + p, .note strong + p { color: var(--_text-2); }
  .note strong { font-weight: 600; }
  .note .btn { background: transparent; border-color: color-mix(in oklab, currentcolor 28%, transparent); }
  .note .btn:hover { background: color-mix(in oklab, currentcolor 8%, transparent); }
  .big {
    display: grid;
    place-items: center;
    width: 72px;
    height: 72px;
    border-radius: 50%;
    background: var(--_idle-bg);
    color: var(--_text-2);
  }
  .big .i { width: 32px; height: 32px; }
  .big.ok { background: var(--_ok-bg); color: var(--_ok); }
  .big.bad { background: var(--_bad-bg); color: var(--_bad); }
  .big.wait { background: var(--_wait-bg); color: var(--_wait); }
  .big.info { background: var(--_info-bg); color: var(--_info); }
  @container wadesk (max-width: 520px) {
    .head { margin-bottom: 18px; }
    .head > .actions { width: 100%; }
    .head > .actions .btn { flex: 1; }
  }
  @media (forced-colors: active) {
    .note { border: 1px solid; }
  }
`;
