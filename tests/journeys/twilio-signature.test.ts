import { createRequire } from "node:module";
import { parse } from "node:querystring";
import { signTwilio } from "@wadesk/testing";
import { verifyTwilioSignature } from "@wadesk/webhooks";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signedRequests, twilioVerdict } from "./world/signed-requests.ts";

const { getExpectedTwilioSignature } = createRequire(import.meta.url)("twilio/lib/webhooks/webhooks.js") as {
  getExpectedTwilioSignature(authToken: string, url: string, form: object): string;
};

/** Where we mean to say something else than Twilio's package, and why. Everything else must agree. */
const DIFFERENCES: Readonly<Record<string, { readonly theirs: boolean | "throws"; readonly ours: boolean; readonly reason: string }>> = {
  "a blank token": { theirs: true, ours: false, reason: "a setting that was left blank must not let in whoever signs with nothing" },
  "a connection override": {
    theirs: false,
    ours: true,
    reason: "the URL is compared as it was configured, and Twilio calls and signs it without the override",
  },
  "more than a thousand fields": { theirs: true, ours: false, reason: "Twilio sends some forty; sorting more serves an attacker only" },
  "bytes that are no UTF-8": {
    theirs: true,
    ours: false,
    reason:
      "the bytes themselves are signed; decoded, every broken one is the same replacement character, so that two forms share a signature",
  },
  "JSON without a hash": {
    theirs: true,
    ours: false,
    reason: "Twilio signs JSON by the hash in its URL; without it the values are covered only as far as they look like a form's",
  },
  "a path that speaks of hashes": {
    theirs: false,
    ours: true,
    reason: "a hash is what the query's bodySHA256 says, not the word somewhere in the URL",
  },
  "what is no URL": {
    theirs: "throws",
    ours: false,
    reason: "a misconfigured URL is a refusal, not an exception on the way to the answer",
  },
};

/** `npx -y pnpm@12 long fuzz` takes more. */
const COUNT: number = 10_000 * Number(process.env.WADESK_TIMES ?? 1);

describe("verifyTwilioSignature beside Twilio's own validator", () => {
  it(`agrees on ${COUNT} generated requests, accepted and refused alike, but where it means not to`, async () => {
    const verdicts = { accepted: 0, refused: 0, different: 0 };
    const disagreements: string[] = [];
    const seen = new Set<string>();
    for (const request of signedRequests(COUNT)) {
      const theirs = twilioVerdict(request);
      const ours = await verifyTwilioSignature(request);
      const difference = DIFFERENCES[request.change];
      if (theirs === ours && !difference) verdicts[ours ? "accepted" : "refused"] += 1;
      else if (difference && theirs === difference.theirs && ours === difference.ours) {
        verdicts.different += 1;
        seen.add(request.change);
      } else
        disagreements.push(`${request.change}: theirs ${theirs}, ours ${ours}: ${request.url} ${request.body.toString().slice(0, 200)}`);
    }
    expect(disagreements.slice(0, 5)).toEqual([]);
    expect([...seen].sort()).toEqual(Object.keys(DIFFERENCES).sort());
    expect(verdicts.accepted + verdicts.refused + verdicts.different).toBe(COUNT);
    // each verdict has its share: an agreement of refusals alone would say nothing
    expect(Math.min(verdicts.accepted, verdicts.refused, verdicts.different)).toBeGreaterThan(COUNT / 10);
  });

  it("accepts what our signer signs, which signs as Twilio's does", async () => {
    const field = fc.tuple(fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,8}$/), fc.string({ unit: "grapheme", maxLength: 20 }));
    await fc.assert(
      fc.asyncProperty(
        fc.stringMatching(/^[0-9a-f]{32}$/),
        fc.webUrl(),
        fc.array(field, { maxLength: 40 }),
        async (authToken, url, parameters) => {
          const body = Buffer.from(new URLSearchParams(parameters).toString());
          const signature = signTwilio({ url, parameters, authToken });
          expect(signature).toBe(getExpectedTwilioSignature(authToken, url, parse(body.toString())));
          expect(await verifyTwilioSignature({ url, body, signature, authToken })).toBe(true);
        },
      ),
    );
  });
});
