/** How the page looks, by day and by night. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ground: light-dark(#f3f1ec, #14181a); --card: light-dark(#fff, #1d2326); --ink: light-dark(#1c2326, #e8ecec);
  --faint: light-dark(#5c676b, #9daaae); --line: light-dark(#d9d6cf, #343d41); --accent: light-dark(#0b6e4f, #4fd1a1); --on-accent: light-dark(#fff, #08251b);
  --mine: light-dark(#dcf3e6, #1d4436); --theirs: light-dark(#f0efec, #2a3236); --danger: light-dark(#a3251a, #ff9a8d); }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; padding: 1.5rem clamp(1rem, 4vw, 3rem); background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.6rem; letter-spacing: -.02em; } h2 { margin: 0; font-size: 1.1rem; }
body > header { display: grid; gap: .5rem; margin-bottom: 1rem; } body > header p { margin: 0; color: var(--faint); }
code { padding: .1em .35em; border-radius: .3em; background: var(--theirs); color: var(--ink); overflow-wrap: anywhere; }
main { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 23rem), 1fr)); gap: 1.25rem; align-items: start; }
article { display: grid; gap: .8rem; padding: 1.1rem; border: 1px solid var(--line); border-radius: 1rem; background: var(--card); }
article header { display: flex; flex-wrap: wrap; align-items: baseline; gap: .2rem .7rem; } article header p { margin: 0; }
.number { color: var(--faint); font-variant-numeric: tabular-nums; } .restriction { color: var(--danger); font-weight: 600; }
.row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; }
label { display: grid; gap: .15rem; color: var(--faint); font-size: .85rem; } .wide { flex: 1 1 10rem; }
input, textarea, select, button { font: inherit; color: inherit; border: 1px solid var(--line); border-radius: .5rem; padding: .4rem .6rem; background: var(--card); }
textarea { width: 100%; resize: vertical; font-family: ui-monospace, monospace; font-size: .8rem; }
button { cursor: pointer; color: var(--ink); } button:hover:enabled { border-color: var(--accent); } button:disabled { opacity: .5; cursor: default; }
.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; } .danger { color: var(--danger); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
summary { cursor: pointer; font-weight: 600; } details form { margin-top: .6rem; display: grid; gap: .5rem; } details form.row { display: flex; }
.clients { list-style: none; margin: 0; padding: 0; display: grid; gap: .3rem; }
.clients li { display: flex; justify-content: space-between; align-items: center; gap: .5rem; }
.clients button { padding: .1rem .6rem; font-size: .85rem; } .on::before, .off::before { content: "● "; color: var(--accent); } .off::before { color: var(--faint); }
.messages { list-style: none; margin: 0; padding: .2rem; display: flex; flex-direction: column; gap: .4rem; max-height: 20rem; overflow-y: auto; }
.messages:empty { display: none; } .messages:not(:empty) + .empty { display: none; } .empty { margin: 0; color: var(--faint); }
.clients:empty { display: none; } .messages li { align-self: start; max-width: 85%; padding: .4rem .7rem; border-radius: .8rem; background: var(--theirs); overflow-wrap: anywhere; white-space: pre-wrap; }
.messages li.mine { align-self: end; background: var(--mine); } .messages small { display: block; color: var(--faint); font-size: .75rem; }
.composer { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; } footer { border-top: 1px solid var(--line); padding-top: .8rem; }
#notice { position: sticky; top: 0; z-index: 1; margin: 0 0 1rem; padding: .6rem .9rem; border-radius: .6rem; background: var(--mine); }
#notice:empty { display: none; } #notice.bad { background: var(--danger); color: var(--ground); }
#trouble { margin-top: 1.5rem; } #trouble pre { overflow-x: auto; padding: .8rem; border-radius: .6rem; background: var(--card); border: 1px solid var(--line); }
@media (prefers-reduced-motion: no-preference) { button { transition: border-color .15s; } }
`;
