import type { MetaState, NumberState } from "../state.ts";
import { COEXISTENCE } from "../signup/configurations.ts";
import { dialogPage, html, refusalPage } from "./dialog-page.ts";
import { type Opened, openedBy } from "./opened.ts";
import { popupEnd } from "./popup-end.ts";
import { isScript, scriptAnswer } from "./sdk-script.ts";

const PATH = /^\/v\d+\.\d+\/dialog\/oauth$/;

/** Whether a request is for the dialog, which Meta has on `www.facebook.com`, or for its script, which is on `connect.facebook.net`. */
export function isDialog(url: URL): boolean {
  return PATH.test(url.pathname) || isScript(url);
}

/**
 * The dialog of Embedded Signup: a page with the accounts of the fake, of which the person lets the app use some, or none, and the script that opens it in a
 * window of its own. What is posted is the person's: `act` (`accept`, `cancel`) and, with the first, `wabaId`, once for each account. Where the script has
 * opened it, also `phoneNumberId`, `catalogId`, `step`, `end` and the act `report`. An app, a configuration or an address that Meta does not know opens
 * nothing, and never leads anywhere.
 */
export async function answerDialog(state: MetaState, request: Request): Promise<Response> {
  const url = new URL(request.url);
  if (isScript(url)) return scriptAnswer(url);
  const opened = openedBy(state, url);
  if (typeof opened === "string") return html(refusalPage(opened), 400);
  if (request.method === "GET") return html(dialogPage(state, opened, `${url.pathname}${url.search}`));
  const form = new URLSearchParams(await request.text());
  const refused = form.get("act") === "accept" ? strangerIn(state, form) : undefined;
  if (refused !== undefined) return html(refusalPage(refused), 400);
  const code = form.get("act") === "accept" ? makeCode(state, opened, form) : undefined;
  if (opened.opener !== undefined) return html(popupEnd(state, opened, { form, code }));
  return comeBack(opened.redirectUri ?? "", url.searchParams.get("state"), code);
}

function comeBack(redirectUri: string, state: string | null, code: string | undefined): Response {
  const back = new URL(redirectUri);
  if (code === undefined) {
    back.searchParams.set("error", "access_denied");
    back.searchParams.set("error_reason", "user_denied");
    back.searchParams.set("error_description", "Permissions error");
  } else back.searchParams.set("code", code);
  if (state !== null) back.searchParams.set("state", state);
  return new Response(null, { status: 302, headers: { location: back.href } });
}

function strangerIn(state: MetaState, form: URLSearchParams): string | undefined {
  const wabaIds = form.getAll("wabaId");
  const stranger = wabaIds.find((id) => !state.wabas.has(id));
  if (wabaIds.length === 0 || stranger !== undefined) return `there is no account ${stranger ?? "among what was chosen"}`;
  const number = form.getAll("phoneNumberId").find((id) => !wabaIds.includes(state.numbers.get(id)?.wabaId ?? ""));
  if (number !== undefined) return `number ${number} is none of the accounts that were chosen`;
  const catalog = form.getAll("catalogId").find((id) => !state.catalogs.has(id));
  return catalog && `there is no catalog ${catalog}`;
}

function makeCode(state: MetaState, { app, configuration, redirectUri, features }: Opened, form: URLSearchParams): string {
  const code = `AQ${state.ids.hexadecimal(60)}`;
  const madeAt = state.clock.now();
  const [wabaIds, catalogIds] = [form.getAll("wabaId"), form.getAll("catalogId")];
  state.codes.set(code, { appId: app.id, redirectUri, wabaIds, catalogIds, configuration, madeAt, used: false });
  if (features === COEXISTENCE)
    for (const number of numbersOf(state, wabaIds)) if (number.fields.is_on_biz_app === true) number.onboardedAt = madeAt;
  return code;
}

function numbersOf(state: MetaState, wabaIds: readonly string[]): readonly NumberState[] {
  return [...state.numbers.values()].filter(({ wabaId }) => wabaIds.includes(wabaId));
}
