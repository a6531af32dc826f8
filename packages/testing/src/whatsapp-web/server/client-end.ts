import { SERVER_JID } from "../directory/jid.ts";
import { type BinaryNode, node } from "../wire/node.ts";

/**
 * How a client is thrown out: `replaced` by a login elsewhere (440 to Baileys 7.0.0-rc14), `removed` from the linked devices (401), the `stream` ended
 * (428), `downgraded` because the phone's linked devices were turned off (411), a stream error with a code or with a child in its place, or a failure with a code of its own. A child is named as WhatsApp does, such as `ack` (the
 * server is still owed one) or `xml-not-well-formed`; Baileys 7.0.0-rc14 gives 500 for each.
 */
export type ClientEnd =
  | "replaced"
  | "removed"
  | "stream"
  | "downgraded"
  | {
      /** The `code` of a `<stream:error>`, e.g. 503. */
      readonly streamError: number;
    }
  | {
      /** The child's tag, as the union's sentence says. */
      readonly streamErrorChild: string;
      /** Further ones of the child; none where absent. */
      readonly attributes?: Readonly<Record<string, string>>;
    }
  | {
      /** The `reason` of a `<failure>`, e.g. 403; clients take many for the end of their link. */
      readonly failure: number;
    };

/** The last stanza that a client gets. */
export function lastStanza(how: ClientEnd): BinaryNode {
  if (how === "replaced") return node("stream:error", {}, [node("conflict", { type: "replaced" })]);
  if (how === "removed") return node("stream:error", { code: 401 }, [node("conflict", { type: "device_removed" })]);
  if (how === "stream") return node("xmlstreamend");
  if (how === "downgraded") return node("ib", { from: SERVER_JID }, [node("downgrade_webclient")]);
  if ("streamErrorChild" in how) return node("stream:error", {}, [node(how.streamErrorChild, how.attributes)]);
  return "failure" in how ? node("failure", { reason: how.failure, location: "lla" }) : node("stream:error", { code: how.streamError });
}
