// @ts-check
// The panel at the side: buttons for what phones, contacts and vendors do. It is drawn once for each list of buttons, and then only its facts change.

const panel = /** @type {HTMLElement} */ (document.getElementById("world"));
let drawn = "";
/** @type {HTMLElement[]} */
let values = [];

/**
 * @typedef {{ id: string, label: string, input?: string }} Action
 * @typedef {{ title: string, facts: [string, string][], actions: Action[] }} Group
 */

/** @param {string} tag @param {string} text @param {Record<string, string>} attributes */
function make(tag, text = "", attributes = {}) {
  const element = document.createElement(tag);
  element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/** @param {{ groups: Group[] }} view */
function show({ groups }) {
  const shape = JSON.stringify(groups.map(({ title, facts, actions }) => [title, facts.map(([what]) => what), actions]));
  const facts = groups.flatMap((group) => group.facts);
  if (shape !== drawn) draw(groups);
  drawn = shape;
  facts.forEach(([, value], index) => {
    const place = values[index];
    if (place !== undefined && place.textContent !== value) place.textContent = value;
  });
}

/** @param {Group[]} groups */
function draw(groups) {
  values = [];
  const problem = make("p", "", { role: "alert", class: "problem" });
  const sections = groups.map(({ title, facts, actions }) => {
    const section = make("section");
    section.append(make("h3", title));
    const list = make("dl");
    for (const [what] of facts) {
      const value = make("dd");
      values.push(value);
      list.append(make("dt", what), value);
    }
    section.append(list, ...actions.map((action) => formOf(action, problem)));
    return section;
  });
  panel.replaceChildren(make("h2", "The simulated world"), problem, ...sections);
}

/** @param {Action} action @param {HTMLElement} problem */
function formOf({ id, label, input }, problem) {
  const form = make("form");
  const field =
    input === undefined
      ? undefined
      : /** @type {HTMLInputElement} */ (make("input", "", { "aria-label": `${label}: ${input}`, placeholder: input }));
  if (field) form.append(field);
  form.append(make("button", label));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = JSON.stringify({ action: id, text: field?.value ?? "" });
    const response = await fetch("/app/world", { method: "POST", headers: { "content-type": "application/json" }, body });
    const answer = await response.json();
    problem.textContent = response.ok ? "" : answer.error.message;
    if (!response.ok) return;
    if (field) field.value = "";
    show(answer);
  });
  return form;
}

async function look() {
  // the demo may have ended; it is asked again
  const response = await fetch("/app/world").catch(() => undefined);
  if (response?.ok) show(await response.json());
}

await look();
setInterval(look, 1500);
