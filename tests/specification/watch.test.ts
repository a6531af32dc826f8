import { describe, expect, it } from "vitest";
import { missingSpecification } from "./file/document.ts";
import { ACCEPTED, REFUSED } from "./samples.ts";
import type { Exchange } from "./specification.ts";
import { watchExchanges } from "./watch.ts";

const missing = missingSpecification();
if (missing) console.warn(`skipped: ${missing}`);

const SENT = { messaging_product: "whatsapp", messages: [{ id: "wamid.A" }] };
const REFUSAL = { error: { message: "(#100) Invalid parameter", type: "OAuthException", code: 100, fbtrace_id: "Abc" } };

function sending(body: unknown, status: number, answer: unknown): Exchange {
  return {
    operation: "POST /{Phone-Number-ID}/messages",
    request: {
      method: "POST",
      url: "http://127.0.0.1:4000/v23.0/106540352242922/messages",
      headers: { authorization: "Bearer EAAtoken" },
      body,
    },
    response: { status, body: answer },
  };
}

async function complaintsAbout(...exchanges: Exchange[]): Promise<string[]> {
  const watch = watchExchanges();
  for (const exchange of exchanges) watch.note(exchange);
  return watch.complaints();
}

describe.skipIf(missing)("watching a fake", () => {
  it("is content with a valid request that was granted and an invalid one that was refused", async () => {
    expect(await complaintsAbout(sending(ACCEPTED.text, 200, SENT), sending(REFUSED["text without a body"], 400, REFUSAL))).toEqual([]);
  });

  it("complains of a fake that grants an invalid request, naming the call and the reason", async () => {
    expect(await complaintsAbout(sending(REFUSED["text without a body"], 200, SENT))).toEqual([
      "POST /v23.0/106540352242922/messages (POST /{Phone-Number-ID}/messages): the fake answered 200 to a request that Meta refuses: " +
        "body /text must have required property 'body'",
    ]);
  });

  it("complains of an answer that is not Meta's, to a valid and to an invalid request", async () => {
    const wrong = await complaintsAbout(sending(ACCEPTED.text, 200, { messages: "sent" }), sending({}, 400, { error: "no" }));
    expect(wrong).toEqual([
      expect.stringContaining("the fake's answer 200 is not as Meta's: /messages must be array"),
      expect.stringContaining("the fake's answer 400 is not as Meta's: /error must be object"),
    ]);
  });

  it("says the same thing once only", async () => {
    const watch = watchExchanges();
    watch.note(sending({}, 200, SENT));
    expect(await watch.complaints()).not.toEqual([]);
    expect(await watch.complaints()).toEqual([]);
  });
});

describe("watching nothing", () => {
  it("loads no specification before the first exchange", async () => {
    let loads = 0;
    const watch = watchExchanges(async () => {
      loads += 1;
      return { validateExchange: () => [] };
    });
    expect(await watch.complaints()).toEqual([]);
    expect(loads).toBe(0);
    watch.note(sending({}, 200, SENT));
    await watch.complaints();
    expect(loads).toBe(1);
  });
});
