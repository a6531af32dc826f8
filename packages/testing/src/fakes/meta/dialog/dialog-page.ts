import type { MetaState } from "../state.ts";
import type { Opened } from "./opened.ts";

/** Where a person may leave the dialog, as `CANCEL` names it (Meta, "Embedded Signup: implementation"). */
export const STEPS: readonly string[] = [
  "BUSINESS_ACCOUNT_SELECTION",
  "WABA_PHONE_PROFILE_PICKER",
  "WHATSAPP_BUSINESS_PROFILE_SETUP",
  "PHONE_NUMBER_SETUP",
  "PHONE_NUMBER_VERIFICATION",
  "PERMISSIONS",
];

/** In which order a dialog that a script has opened tells its message and its code; either may be missing, and `by_hand` has a button for each. */
const ENDS: readonly string[] = ["message_first", "code_first", "no_message", "no_code", "by_hand"];

/** The dialog: a box for each account with its numbers, a button to go on and one that says no. No script is needed. `action` is its own address. */
export function dialogPage(state: MetaState, { app, features, opener }: Opened, action: string): string {
  const boxes = [...state.wabas.values()].map(({ id, name }, index) => {
    const own = [...state.numbers.values()].filter(({ wabaId }) => wabaId === id);
    const shown = own.map(({ display }) => display).join(", ") || "no number yet";
    const account = box("wabaId", id, `${name} (${shown})`, index === 0);
    return opener === undefined ? account : [account, ...own.map((number) => box("phoneNumberId", number.id, number.display))].join("\n");
  });
  const catalogs = opener === undefined ? [] : [...state.catalogs.keys()].map((id) => box("catalogId", id, `catalog ${id}`));
  const manners =
    opener === undefined
      ? ""
      : `<p>Leave at ${choice("step", STEPS)}, end with ${choice("end", ENDS)} <button name="act" value="report">Report a problem</button></p>`;
  return page(
    `Connect to ${app.name}`,
    `<form method="post" action="${escaped(action)}"><p>${escaped(app.name)} asks to use${features === "" ? "" : ", with the WhatsApp Business app,"}:</p>
${[...boxes, ...catalogs].join("\n")}<p><button name="act" value="accept">Continue</button> <button name="act" value="cancel">Cancel</button></p>${manners}</form>`,
  );
}

function box(name: string, value: string, label: string, checked = false): string {
  return `<label><input type="checkbox" name="${name}" value="${escaped(value)}"${checked ? " checked" : ""}> ${escaped(label)}</label><br>`;
}

function choice(name: string, options: readonly string[]): string {
  return `<select name="${name}">${options.map((option) => `<option>${option}</option>`).join("")}</select>`;
}

/** What Meta shows where the dialog cannot be opened. */
export function refusalPage(reason: string): string {
  return page("Sorry, something went wrong", `<p>${escaped(reason)}</p>`);
}

/** A page of Meta's. */
export function page(title: string, body: string): string {
  return `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>${escaped(title)}</title><h1>${escaped(title)}</h1>${body}</html>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

/** The answer with a page. */
export function html(body: string, status = 200): Response {
  return new Response(body, { status, headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" } });
}
