/** How the page looks, by day and by night. */
export const VENDORS_STYLE = `
:root { color-scheme: light dark; --ground: light-dark(#f3f1ec, #14181a); --card: light-dark(#fff, #1d2326); --ink: light-dark(#1c2326, #e8ecec);
  --faint: light-dark(#566165, #a3b0b4); --line: light-dark(#d9d6cf, #343d41); --accent: light-dark(#0b6e4f, #4fd1a1); --on-accent: light-dark(#fff, #08251b);
  --soft: light-dark(#f0efec, #2a3236); --good: light-dark(#dcf3e6, #1d4436); --danger: light-dark(#a3251a, #ff9a8d); }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; padding: 1.5rem clamp(1rem, 4vw, 3rem); background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.6rem; letter-spacing: -.02em; } h2 { margin: 0; font-size: 1.15rem; } h3 { margin: 0; font-size: 1rem; } p { margin: 0; }
code { padding: .1em .35em; border-radius: .3em; background: var(--soft); overflow-wrap: anywhere; } a { color: var(--accent); }
body > header { display: flex; flex-wrap: wrap; gap: .5rem 2rem; align-items: baseline; margin-bottom: 1rem; }
#vendors { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; list-style: none; margin: 0; padding: 0; color: var(--faint); }
main { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 28rem), 1fr)); gap: 1.25rem; align-items: start; }
section { display: grid; gap: .8rem; min-width: 0; padding: 1.1rem; border: 1px solid var(--line); border-radius: 1rem; background: var(--card); }
.all { grid-column: 1 / -1; }
#people { display: grid; gap: .8rem; } article { display: grid; gap: .4rem; padding-bottom: .8rem; border-bottom: 1px solid var(--line); }
.row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; }
label { display: grid; gap: .15rem; color: var(--faint); font-size: .85rem; } .wide { flex: 1 1 10rem; } .check { display: flex; gap: .4rem; align-items: center; }
input, select, button { font: inherit; color: inherit; border: 1px solid var(--line); border-radius: .5rem; padding: .4rem .6rem; background: var(--card); min-width: 0; }
label:not(.check) > input, select { color: var(--ink); } .wide > input { width: 100%; }
button { cursor: pointer; color: var(--ink); } button:hover:enabled { border-color: var(--accent); } button:disabled { opacity: .5; cursor: default; }
.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.wide-table { overflow: auto; max-height: 24rem; } table { width: 100%; border-collapse: collapse; font-size: .88rem; }
th { text-align: start; color: var(--faint); font-weight: 600; } th, td { padding: .3rem .5rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: break-word; }
td button { padding: .05rem .45rem; font-size: .82rem; margin: 0 .25rem .25rem 0; } td small { display: block; color: var(--faint); }
.empty { color: var(--faint); } section:has(tbody:not(:empty)) .empty { display: none; } section:has(tbody:empty) .wide-table { display: none; }
.bad { color: var(--danger); font-weight: 600; } .good { color: var(--accent); }
#clients { margin: 0; padding-left: 1.2rem; } #clients:empty { display: none; }
#faults { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1rem; align-items: start; }
#faults > div { display: grid; gap: .35rem; } #faults button { text-align: start; padding: .3rem .6rem; font-size: .9rem; width: 100%; }
#faults button[aria-pressed="true"] { border-color: var(--danger); color: var(--danger); font-weight: 600; } #faults small { color: var(--faint); font-weight: 400; }
#notice { position: sticky; top: 0; z-index: 1; margin: 0 0 1rem; padding: .6rem .9rem; border-radius: .6rem; background: var(--good); }
#notice:empty { display: none; } #notice.bad { background: var(--danger); color: var(--ground); }
pre { overflow-x: auto; margin: 0; padding: .6rem; border-radius: .6rem; background: var(--soft); font-size: .8rem; }
`;
