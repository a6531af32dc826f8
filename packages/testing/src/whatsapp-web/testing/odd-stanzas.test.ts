import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createWhatsAppWeb } from "../create-whatsapp-web.ts";
import type { WhatsAppWeb } from "../whatsapp-web.ts";
import { node } from "../wire/node.ts";
import { oddStanzas } from "./odd-stanzas.ts";
import { rawCompanion } from "./raw-companion.ts";

let web: WhatsAppWeb;
beforeEach(async () => {
  web = await createWhatsAppWeb({ onComplaint: (complaint) => complaints.push(complaint) });
});
afterEach(() => web.close());
const complaints: string[] = [];

describe("a linked client that says 1,000 odd things", () => {
  it("is answered, refused or thrown out, and no handler stumbles over what is missing", async () => {
    const shop = web.addPhone({ number: "15550001111" });
    const ana = web.addPhone({ number: "15550002222", companions: 1 });
    const companion = await rawCompanion(web.url);
    const scanned = shop.scan(companion.qr);
    await companion.answer();
    const { id } = await scanned;
    let thrownOut = 0;
    let client = await companion.logIn(shop.number, id);
    for (const [index, stanza] of oddStanzas("first", 1_000, [shop.jid, ana.jid, ana.lid, "120363000000000001@g.us"]).entries()) {
      client.send(stanza);
      if (index % 20 !== 0) continue;
      const ping = `ping-${index}`;
      client.send(node("iq", { id: ping, to: "s.whatsapp.net", type: "get", xmlns: "w:p" }, [node("ping")]));
      const isAlive = await client
        .next(({ attrs }) => attrs.id === ping)
        .then(
          () => true,
          () => false,
        );
      if (isAlive) continue;
      thrownOut += 1;
      client = await companion.logIn(shop.number, id);
      await client.next(({ tag }) => tag === "success");
    }
    client.close();
    const stumbled = complaints.filter((complaint) =>
      /undefined|null|not a function|not iterable|stack/i.test(complaint.split("\n")[0] ?? ""),
    );
    expect(stumbled).toEqual([]);
    expect(complaints.length).toBeGreaterThan(100);
    expect(thrownOut).toBeLessThan(5);
  });
});
