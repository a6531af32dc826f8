import type { Contact, OutboundContent } from "@wadesk/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messagePayload, readMarkPayload } from "../../../packages/cloud-api/src/outbound/payload.ts";
import { missingSpecification } from "../file/document.ts";
import { theSpecification } from "../specification.ts";
import { createWorld } from "../table/world.ts";
import { CONTENTS } from "./contents.ts";

const missing = missingSpecification();
if (missing) console.warn(`skipped: ${missing}`);

const RECIPIENTS: readonly Contact[] = [
  { phone: "+5511999990000" },
  { userId: "BR.1A2b3C" },
  { phone: "+5511999990000", userId: "BR.1A2b3C" },
];

/** The same content with what the world has: files by their links, and a message that there is. */
function inWorld(content: OutboundContent, messageId: string): OutboundContent {
  const text = JSON.stringify(content, (key, value) => (key === "media" ? { url: "https://bakery.example/file" } : value));
  return { ...(JSON.parse(text) as OutboundContent), ...(content.kind === "reaction" && { messageId }) };
}

describe("what the Cloud API channel sends", () => {
  // a template must have been approved with the very places that are filled
  it.each(Object.entries(CONTENTS).filter(([kind]) => kind !== "template"))("is what the fake grants: %s", async (_, contents) => {
    const { meta, numberId, tokens, messageId } = await createWorld();
    const send = async (content: OutboundContent): Promise<string> => {
      const { phone = "" } = meta.addContact();
      const payload = messagePayload({ id: "msg_1", to: { phone }, content: inWorld(content, messageId) });
      const headers = { authorization: `Bearer ${tokens.right}`, "content-type": "application/json" };
      const request = { method: "POST", headers, body: JSON.stringify(payload) };
      const answer = await meta.fetch(new Request(`https://graph.facebook.com/v23.0/${numberId}/messages`, request));
      return `${answer.status} ${await answer.text()}`;
    };
    const property = fc.asyncProperty(contents, async (content) => {
      expect(await send(content)).toMatch(/^200 /);
    });
    await fc.assert(property, { numRuns: 20, seed: 20_261_122 });
    await meta.close();
  });
});

describe.skipIf(missing)("what the Cloud API channel sends, against the specification", () => {
  // as it travels: undefined is left away
  const reasons = (payload: unknown): string[] => theSpecification().messageReasons(JSON.parse(JSON.stringify(payload)));

  it.each(Object.entries(CONTENTS))("is what the specification accepts: %s", (kind, contents) => {
    const settings = { contents, to: fc.constantFrom(...RECIPIENTS), replyTo: fc.option(fc.constant("wamid.A"), { nil: undefined }) };
    fc.assert(
      fc.property(fc.record(settings), ({ contents: content, to, replyTo }) => {
        const payload = messagePayload({ id: "msg_1", to, content, ...(replyTo !== undefined && { replyTo }) });
        expect(content.kind).toBe(kind);
        expect(reasons(payload)).toEqual([]);
      }),
      { numRuns: 60, seed: 20_261_122 },
    );
  });

  it.each([true, false])("is what the specification accepts: a read mark, typing %s", (typing) => {
    expect(reasons(readMarkPayload({ messageId: "wamid.A", typing }))).toEqual([]);
  });

  it("would be found out if it sent something else", () => {
    const content: OutboundContent = { kind: "text", text: "Hello" };
    const payload = messagePayload({ id: "msg_1", to: { phone: "+5511999990000" }, content });
    expect(reasons(payload)).toEqual([]);
    expect(reasons({ ...payload, text: { body: "Hello", previewUrl: true } })).not.toEqual([]);
  });
});
