import type { BinaryNode, Socket } from "../baileys/baileys.ts";

/** What WhatsApp may ask of a client that is being linked, beside what Baileys does by itself: new keys, or what it cannot do. */
export type Demand = "another round" | "passkey_required" | "pair_failed";

/**
 * For Baileys 7.0.0-rc14, which hears none of these: a new secret for the QR (Baileys#2737), a passkey (Baileys#2672), and the end of a code, over which it
 * fails without a word (Baileys#2600). `refs` is told how many QRs there are in this round.
 */
export function hearDemands({ ws }: Pick<Socket, "ws">, demand: (demand: Demand) => void, refs: (count: number) => void): void {
  ws.on("CB:iq,type:set,pair-device", (node: BinaryNode) =>
    refs(childrenOf(childrenOf(node)[0]).filter(({ tag }) => tag === "ref").length),
  );
  ws.on("CB:notification,type:companion_reg_refresh", () => demand("another round"));
  ws.on("CB:notification,type:passkey_prologue_request", () => demand("passkey_required"));
  ws.on("CB:notification,type:link_code_companion_reg", (node: BinaryNode) => {
    const [child] = childrenOf(node);
    if (child === undefined) return;
    if (child.attrs.force_manual_refresh === "true") demand("pair_failed");
    // without the phone's keys nobody can be linked by this code any more
    else if (child.attrs.stage === "refresh_code" || !childrenOf(child).some(({ tag }) => tag === "primary_identity_pub"))
      demand("another round");
  });
}

function childrenOf(node: BinaryNode | undefined): readonly BinaryNode[] {
  return Array.isArray(node?.content) ? node.content : [];
}
