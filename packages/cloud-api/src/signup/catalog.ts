import { isWadeskError } from "@wadesk/core";
import type { Graph } from "../graph/graph.ts";
import { asList, asRecord, asText } from "../wire/wire.ts";

/**
 * Links the catalog that a person chose in the dialog to the account, which has one at most. A refusal is the catalog's alone: it keeps no
 * number from being connected. Rejects where no answer came.
 * @see https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/product_catalogs
 */
export async function linkCatalog(graph: Graph, wabaId: string, catalogId: string): Promise<void> {
  const { data } = await graph.get([wabaId, "product_catalogs"]);
  if (asList(data).some((catalog) => asText(asRecord(catalog)?.id) === catalogId)) return;
  await graph.put("POST", [wabaId, "product_catalogs"], { catalog_id: catalogId });
}

/** Whether Meta has refused, which asking again would not change. */
export function isFinal(error: unknown): boolean {
  return isWadeskError(error) && error.remedy !== "retry" && error.remedy !== "wait";
}
