import type { ContactCard } from "@wadesk/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readVcard, writeVcard } from "./vcard.ts";

describe("a card", () => {
  it("comes back as it was written, whatever its words hold", () => {
    const words = fc
      .string({ minLength: 1, maxLength: 20 })
      .filter((text) => text.trim() === text && !/[\r\0]/.test(text) && !text.endsWith("\\"));
    const card = fc.record({
      name: fc.record({ formatted: words, first: words, last: words }),
      phones: fc.array(fc.record({ phone: words, type: fc.constantFrom("WORK", "HOME") }), { minLength: 1, maxLength: 3 }),
      organization: fc.record({ company: words, title: words }),
    });
    fc.assert(
      fc.property(card, (given) => {
        const { vcard: _vcard, ...read } = readVcard(writeVcard(given));
        expect(read).toEqual(given);
      }),
    );
  });

  it("cannot be made to say more than it does", () => {
    const card: ContactCard = { name: { formatted: "Eve\nTEL:+1 555 000 9999" }, phones: [{ phone: "1", type: "X:\nEND:VCARD" }] };
    expect(writeVcard(card).split("\n")).toHaveLength(6);
    expect(readVcard(writeVcard(card)).phones).toHaveLength(1);
  });

  it("that a phone wrote is read with folded lines, groups and numbers of WhatsApp's", () => {
    const vcard = [
      "BEGIN:VCARD",
      "VERSION:3.0",
      "N:Adams;Eve;;;",
      "FN:Eve Adams",
      "item1.TEL;waid=15550004444:+1 555-000-4444",
      "item1.X-ABLabel:Mobile",
      "ORG:Acme;Sa",
      " les",
      "BDAY:19900228",
      "END:VCARD",
    ].join("\r\n");
    expect(readVcard(vcard)).toEqual({
      name: { formatted: "Eve Adams", first: "Eve", last: "Adams" },
      phones: [{ phone: "+1 555-000-4444", whatsappId: "15550004444" }],
      organization: { company: "Acme", department: "Sales" },
      birthday: "1990-02-28",
      vcard,
    });
  });

  it("that is none has the name that WhatsApp shows", () => {
    expect(readVcard("nonsense", "Eve")).toEqual({ name: { formatted: "Eve" }, vcard: "nonsense" });
  });
});
