import { type BinaryNode, node } from "../wire/node.ts";

/**
 * How a client is thrown out: `replaced` by a login elsewhere (440 to Baileys 7.0.0-rc14), `removed` from the linked devices (401), the `stream` ended
 * (428), a stream error or a failure with a code of its own.
 */
export type ClientEnd = "replaced" | "removed" | "stream" | { readonly streamError: number } | { readonly failure: number };

/** The last stanza that a client gets. */
export function lastStanza(how: ClientEnd): BinaryNode {
  if (how === "replaced") return node("stream:error", {}, [node("conflict", { type: "replaced" })]);
  if (how === "removed") return node("stream:error", { code: 401 }, [node("conflict", { type: "device_removed" })]);
  if (how === "stream") return node("xmlstreamend");
  return "failure" in how ? node("failure", { reason: how.failure, location: "lla" }) : node("stream:error", { code: how.streamError });
}
