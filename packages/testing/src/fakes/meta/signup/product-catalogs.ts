import { type Operation, wabaOf } from "../graph/call.ts";
import { graphError } from "../graph/graph-error.ts";
import { refuseMalformed } from "../graph/graph-request.ts";
import { anything, shape, text } from "../graph/rules.ts";

const LINK = shape({ catalog_id: text({ min: 1 }) }, { access_token: anything, appsecret_proof: anything });

/** `GET /{WABA-ID}/product_catalogs`: the one catalog of an account, or none. */
export const listCatalogs: Operation = (call) => {
  const { catalogId } = wabaOf(call);
  return { body: { data: catalogId === undefined ? [] : [{ id: catalogId, name: "Catalog" }] } };
};

/** `POST /{WABA-ID}/product_catalogs`: links a catalog that the token was granted. An account has one. */
export const linkCatalog: Operation = (call) => {
  const waba = wabaOf(call);
  refuseMalformed(call.request);
  LINK(call.request.body, "");
  const id = String(call.request.body.catalog_id);
  const granted = call.caller.token?.targets?.catalog_management;
  if (!call.state.catalogs.has(id) || granted?.includes(id) === false)
    throw graphError(100, { subcode: 33, message: `Unsupported post request. Object with ID '${id}' does not exist or cannot be loaded` });
  if (waba.catalogId !== undefined && waba.catalogId !== id)
    throw graphError(100, { message: "(#100) A catalog is linked to this WhatsApp Business Account already" });
  waba.catalogId = id;
  return { body: { success: true } };
};
