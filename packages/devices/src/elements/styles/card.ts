import { type CSSResult, css } from "lit";

/** Cards of connections, their facts and their menus. */
export const card: CSSResult = css`
  .grid { display: grid; gap: 14px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 284px), 1fr)); align-content: start; }
  .grid.wide { grid-template-columns: repeat(auto-fill, minmax(min(100%, 360px), 1fr)); }
  .card {
    position: relative;
    display: flex;
    flex-direction: column;
    gap: 12px;
    min-width: 0;
    padding: 16px;
    border: 1px solid var(--_border);
    border-radius: var(--_r-l);
    background: var(--_surface);
    box-shadow: var(--_shadow);
    content-visibility: auto;
    contain-intrinsic-size: auto 176px;
    transition: border-color var(--_quick);
  }
  .card:has([aria-expanded="true"]) { z-index: 2; content-visibility: visible; }
  .card:hover { border-color: var(--_border-2); }
  .card-head { display: flex; gap: 12px; align-items: flex-start; }
  .card-id { flex: 1; min-width: 0; }
  .card-id h3 { font-size: var(--_fs-l); letter-spacing: -.008em; overflow-wrap: anywhere; line-height: 1.35; }
  .card-id > .num { color: var(--_text-2); font-size: var(--_fs-s); }
  .tile {
    position: relative;
    display: grid;
    place-items: center;
    width: 38px;
    height: 38px;
    flex: none;
    border-radius: calc(var(--_r) + 2px);
    background: var(--_sunken);
    border: 1px solid var(--_border);
    color: var(--_text-2);
  }
  .tile .i { width: 20px; height: 20px; }
  .state { display: flex; align-items: center; gap: 6px 8px; flex-wrap: wrap; font-size: var(--_fs-s); color: var(--_text-3); }
  .why { font-size: var(--_fs-s); color: var(--_text-2); }
  .why.mark { display: flex; gap: 7px; }
  .why.mark .i { margin-top: 1px; }
  .card-foot {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 28px;
    margin-top: auto;
    padding-top: 2px;
    font-size: var(--_fs-s);
    color: var(--_text-3);
  }
  .card-foot > :first-child { margin-inline-end: auto; }
  .menu {
    position: absolute;
    z-index: 3;
    inset-block-start: 46px;
    inset-inline-end: 12px;
    min-width: 196px;
    padding: 5px;
    border-radius: calc(var(--_r) + 2px);
    border: 1px solid var(--_border);
    background: var(--_surface);
    box-shadow: var(--_shadow-2);
  }
  .menu button {
    display: flex;
    align-items: center;
    gap: 9px;
    width: 100%;
    min-height: 32px;
    padding: 4px 9px;
    border: 0;
    border-radius: var(--_r-s);
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .menu button .i { color: var(--_text-2); }
  .menu button:hover, .menu button:focus-visible { background: var(--_hover); }
  .menu hr { border: 0; border-top: 1px solid var(--_border); margin: 5px 4px; }
  .menu .danger-item, .menu .danger-item .i { color: var(--_bad); }
  .facts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(104px, 1fr));
    gap: 12px 16px;
    padding: 12px 0;
    border-block: 1px solid var(--_border);
  }
  .facts dt { font-size: var(--_fs-xs); color: var(--_text-3); }
  .facts dd { display: flex; align-items: center; flex-wrap: wrap; gap: 0 6px; font-weight: 550; min-width: 0; }
  .facts dd small { white-space: nowrap; font-weight: 400; font-size: var(--_fs-s); color: var(--_text-2); }
  .bars { display: inline-flex; gap: 2px; align-items: flex-end; height: 12px; }
  .bars i { width: 4px; border-radius: 1px; background: var(--_border-2); height: 5px; }
  .bars i:nth-child(2) { height: 8px; }
  .bars i:nth-child(3) { height: 12px; }
  .bars.n3 i, .bars.n2 i:nth-child(-n+2), .bars.n1 i:first-child { background: currentcolor; }
  .ids { display: grid; gap: 2px; font-size: var(--_fs-s); }
  .ids div { display: flex; align-items: center; gap: 8px; min-height: 28px; }
  .ids dt { flex: 0 0 118px; color: var(--_text-3); }
  .ids.pairs dt { flex-basis: 148px; }
  .ids dd { display: flex; align-items: center; gap: 4px; min-width: 0; }
  .meter { height: 3px; border-radius: 3px; background: var(--_border-2); overflow: hidden; width: 100%; }
  .meter i { display: block; height: 100%; border-radius: 3px; background: var(--_accent); width: calc(var(--_part) * 1%); transition: width 1s linear; }
  .meter.unknown i { animation: wadesk-breathe 1.6s ease-in-out infinite alternate; }
  .meter.tall { height: 6px; }
  @container wadesk (max-width: 520px) {
    .ids dt { flex-basis: 104px; }
  }
  @container wadesk (max-width: 340px) {
    .ids div { flex-wrap: wrap; gap: 0 8px; }
  }
  .card-id .rename { min-height: 30px; padding: 2px 8px; font-weight: 600; }
  .why.mark.bad { color: var(--_bad); }
  .menu button:focus-visible { outline-offset: -2px; }
`;
