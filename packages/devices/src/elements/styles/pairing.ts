import { type CSSResult, css } from "lit";

/** The steps, the slot of the QR or code, and what is done on the phone. */
export const pairing: CSSResult = css`
  .pair {
    max-width: 1000px;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_r) * 2);
    background: var(--_surface);
    box-shadow: var(--_shadow);
    overflow: hidden;
  }
  .steps { display: flex; gap: 10px; padding: 14px 20px; border-bottom: 1px solid var(--_border); }
  .steps li { display: flex; align-items: center; gap: 8px; color: var(--_text-3); font-weight: 500; white-space: nowrap; }
  .steps li:not(:last-child) { flex: 1; }
  .steps li:not(:last-child)::after { content: ""; flex: 1; min-width: 10px; height: 1px; background: var(--_border-2); }
  .steps b {
    display: grid;
    place-items: center;
    width: 22px;
    height: 22px;
    flex: none;
    border-radius: 50%;
    border: 1.5px solid var(--_border-input);
    font-size: var(--_fs-xs);
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .steps .now { color: var(--_text); font-weight: 600; }
  .steps .now b { border-color: var(--_accent); background: var(--_accent); color: var(--_on-accent); }
  .steps .done { color: var(--_text-2); }
  .steps .done b { border-color: var(--_ok-line); color: var(--_ok); background: var(--_ok-bg); }
  .steps .bad { color: var(--_bad); font-weight: 600; }
  .steps .bad b { border-color: var(--_bad-line); color: var(--_bad); background: var(--_bad-bg); }
  .steps b .i { width: 12px; height: 12px; }
  .pair-body { display: grid; }
  .pair-slot {
    display: grid;
    align-content: center;
    justify-items: center;
    gap: 14px;
    padding: 28px 20px;
    background: var(--_sunken);
    border-bottom: 1px solid var(--_border);
    text-align: center;
  }
  .pair-slot.only-wide { display: none; }
  .pair-main { padding: 22px 20px 24px; min-width: 0; }
  .qr {
    position: relative;
    width: min(264px, 100%);
    aspect-ratio: 1;
    border-radius: calc(var(--_r) * 1.75);
    background: #fff;
    color: #000;
    color-scheme: light;
    border: 1px solid var(--_border);
    overflow: hidden;
  }
  .qr > svg { width: 100%; height: 100%; }
  .qr.stale > svg { opacity: 0.1; filter: blur(3px); }
  .qr .over {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 12px;
    padding: 20px;
    color: #16181d;
  }
  .qr.empty {
    color-scheme: inherit;
    background: transparent;
    border: 1.5px dashed var(--_border-input);
    color: var(--_text-3);
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 10px;
    padding: 24px;
  }
  .qr.empty > svg { width: 56px; height: 56px; }
  .timer {
    display: grid;
    gap: 7px;
    width: min(264px, 100%);
    font-size: var(--_fs-s);
    color: var(--_text-2);
    font-variant-numeric: tabular-nums;
  }
  .timer > div:first-child { display: flex; justify-content: space-between; align-items: center; gap: 8px; min-height: 28px; }
  .code { display: flex; gap: 4px; direction: ltr; align-items: center; font-family: var(--_mono); font-size: 1.375rem; font-weight: 600; }
  .code span {
    display: grid;
    place-items: center;
    width: 28px;
    height: 42px;
    border-radius: var(--_r);
    background: var(--_surface);
    border: 1px solid var(--_border-2);
  }
  .code em { width: 8px; height: 2px; background: var(--_border-input); border-radius: 2px; }
  .pair-slot h3, .pair-main h3 { font-size: calc(var(--_fs) * 1.143); letter-spacing: -.008em; }
  .pair-slot p { max-width: 34ch; color: var(--_text-2); }
  .pair-main:not(.form) > * + * { margin-top: 16px; }
  .summary {
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 10px 12px;
    border-radius: var(--_r);
    border: 1px solid var(--_border);
  }
  .summary > div { flex: 1; min-width: 0; }
  .summary .num { font-size: var(--_fs-s); color: var(--_text-2); }
  .how { display: grid; gap: 10px; counter-reset: how; }
  .how li { display: grid; grid-template-columns: 22px 1fr; gap: 10px; counter-increment: how; color: var(--_text-2); }
  .how li::before {
    content: counter(how);
    display: grid;
    place-items: center;
    width: 22px;
    height: 22px;
    border-radius: 50%;
    background: var(--_idle-bg);
    color: var(--_text-2);
    font-size: var(--_fs-xs);
    font-weight: 600;
  }
  .how strong { color: var(--_text); font-weight: 600; }
  @container wadesk (min-width: 680px) {
    .pair-body { grid-template-columns: minmax(300px, 34%) minmax(0, 1fr); min-height: 452px; }
    .pair-slot { border-bottom: 0; border-inline-end: 1px solid var(--_border); padding: 32px 24px; }
    .pair-slot.only-wide { display: grid; }
    .pair-main { padding: 28px 32px 32px; max-width: 640px; }
    .steps { padding: 14px 28px; }
  }
  @container wadesk (min-width: 680px) and (max-width: 899px) {
    .pair-main { padding: 24px; }
  }
  @container wadesk (max-width: 520px) {
    .pair { border-radius: var(--_r-l); }
    .steps { padding: 12px 14px; gap: 6px; font-size: var(--_fs-s); }
    .steps li { gap: 5px; }
    .steps li:not(:last-child)::after { min-width: 4px; }
  }
  @container wadesk (max-width: 340px) {
    .summary .tile { display: none; }
    .code { gap: 2px; }
    .code span { width: 25px; }
    .steps { flex-direction: column; }
    .steps li::after { display: none; }
  }
  .expired { display: grid; justify-items: center; gap: 12px; }
`;
