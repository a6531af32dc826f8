import { idOf, type Call, type Operation } from "../graph/call.ts";
import { readSelection, selectFields } from "../graph/field-selection.ts";
import { cutPage } from "../graph/paging.ts";
import { integer } from "../graph/rules.ts";
import type { WabaState } from "../state.ts";
import { accountView } from "../nodes/accounts.ts";

/** `GET /{Business-ID}/owned_whatsapp_business_accounts`: the business's own, the newest first, as far as the token was granted them. */
export const listOwnedAccounts: Operation = (call) => ({ body: page(call, ({ businessId }) => businessId === idOf(call)) });

/** `GET /{Business-ID}/client_whatsapp_business_accounts`: those of others that were shared with the business. */
export const listClientAccounts: Operation = (call) => ({ body: page(call, ({ sharedWith }) => sharedWith.includes(idOf(call))) });

function page(call: Call, wanted: (waba: WabaState) => boolean): object {
  const { url, version } = call.request;
  // by its other name, and from the other end
  for (const name of ["first", "last"]) {
    const written = url.searchParams.get(name);
    if (written !== null) integer(1, 100)(/^\d+$/.test(written) ? Number(written) : written, name);
  }
  const selection = readSelection(url.searchParams.get("fields"));
  const granted = call.caller.token?.wabaIds;
  const found = [...call.state.wabas.values()].filter((waba) => wanted(waba) && (granted?.includes(waba.id) ?? true)).reverse();
  const cut = cutPage(found, url);
  // an empty page still tells a field that does not exist
  if (found.length === 0 && selection) selectFields(accountView(call.state, BLANK, version), selection);
  return { ...cut, data: cut.data.map((waba) => selectFields(accountView(call.state, waba, version), selection)) };
}

const BLANK: WabaState = {
  id: "0",
  name: "",
  businessId: "0",
  subscriptions: new Map(),
  templates: [],
  catalogId: undefined,
  sharedWith: [],
  paymentMethod: true,
  callsPerHour: undefined,
  fields: {},
};
