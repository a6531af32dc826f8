import type { MetaState } from "../state.ts";
import { COEXISTENCE } from "../signup/configurations.ts";
import { page, STEPS } from "./dialog-page.ts";
import type { Opened } from "./opened.ts";

/** What the person did in the dialog, and the code where they went on. */
interface Ended {
  readonly form: URLSearchParams;
  readonly code: string | undefined;
}

/**
 * The last page of a dialog that a script has opened: it tells the page that opened it how Embedded Signup ended, as JSON in a text, gives the script its code,
 * not as JSON, and closes itself. To a page whose domain the app does not list it tells nothing.
 */
export function popupEnd(state: MetaState, { opener, features }: Opened, ended: Ended): string {
  const { form, code } = ended;
  const end = form.get("end") ?? "message_first";
  const message = JSON.stringify({ type: "WA_EMBEDDED_SIGNUP", ...told(state, features, ended), version: "3" });
  const answer = new URLSearchParams({
    cb: opener?.callback ?? "",
    ...(code === undefined ? { error: "access_denied" } : { code }),
  }).toString();
  const tells = opener?.listed === true;
  const parts = {
    origin: opener?.origin,
    message: tells && end !== "no_message" ? message : undefined,
    answer: tells && end !== "no_code" ? answer : undefined,
    codeFirst: end === "code_first",
    byHand: end === "by_hand",
  };
  return page(
    "Done",
    `<p>This window can be closed.</p><p id="hand"></p><script>
const parts = ${JSON.stringify(parts).replaceAll("<", "\\u003c")};
const post = (text) => text === undefined || window.opener?.postMessage(text, parts.origin);
const steps = [() => post(parts.message), () => post(parts.answer)];
if (parts.byHand) {
  [["Tell the page", steps[0]], ["Give the code", steps[1]], ["Close", () => window.close()]].forEach(([label, act]) => {
    const button = document.createElement("button");
    button.textContent = label;
    button.onclick = act;
    document.getElementById("hand").append(button);
  });
} else {
  if (parts.codeFirst) steps.reverse();
  steps.forEach((step) => step());
  window.close();
}
</script>`,
  );
}

function told(state: MetaState, features: string, { form, code }: Ended): object {
  if (form.get("act") === "report") {
    const data = {
      error_message: "Your verified name violates WhatsApp guidelines.",
      error_code: "524126",
      session_id: state.ids.hexadecimal(20),
      timestamp: String(Math.floor(state.clock.now() / 1000)),
    };
    return { event: "CANCEL", data };
  }
  if (code === undefined) return { event: "CANCEL", data: { current_step: form.get("step") ?? STEPS[0] } };
  const [wabaIds, numbers, catalogs] = [form.getAll("wabaId"), form.getAll("phoneNumberId"), form.getAll("catalogId")];
  const [wabaId = ""] = wabaIds;
  const account = { waba_id: wabaId, business_id: state.wabas.get(wabaId)?.businessId };
  // with the WhatsApp Business app Meta tells the account alone
  if (features === COEXISTENCE) return { event: "FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING", data: { waba_id: wabaId } };
  const chosen = {
    ...account,
    ...(wabaIds.length > 1 && { waba_ids: wabaIds }),
    ...(catalogs.length > 0 && { catalog_ids: catalogs }),
  };
  // one number is told; of several Meta's page says nothing
  if (numbers.length === 1) return { event: "FINISH", data: { phone_number_id: numbers[0], ...chosen } };
  return { event: numbers.length === 0 ? "FINISH_ONLY_WABA" : "FINISH", data: chosen };
}
