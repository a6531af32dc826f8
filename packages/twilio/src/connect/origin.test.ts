import { isWadeskError } from "@wadesk/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { twilioInput } from "../input/input.ts";
import type { TwilioInput } from "../input/twilio-input.ts";
import type { TwilioSettings } from "../options.ts";
import { type Origin, originOf } from "./origin.ts";

const SANDBOX = "+14155238886";
const admin = { sid: `AC${"a".repeat(32)}`, tokens: ["old-admin-token", "admin-token"] };
const tenant = { sid: `AC${"b".repeat(32)}`, token: "tenant-token" };
const assigned = "+15550001111";
const unassigned = "+15550002222";
const settings: TwilioSettings = {
  accountSid: admin.sid,
  authToken: admin.tokens,
  senders: [
    { workspaceId: "acme", number: assigned },
    { workspaceId: "beta", number: SANDBOX },
  ],
};

// everything a form can hold in a field: nothing, blanks, the admin's, one's own
const SIDS = [undefined, "", "  ", "\u00a0", admin.sid, ` ${admin.sid} `, admin.sid.toLowerCase(), tenant.sid];
const TOKENS = [undefined, "", " ", "\t\n", "\u00a0", tenant.token];
const NUMBERS = [undefined, "", " ", assigned, ` ${assigned} `, `whatsapp:${assigned}`, unassigned, SANDBOX];
const MODES = ["sandbox", "production"] as const;
const WORKSPACES = ["acme", "beta", "rival", "", "acme ", "ACME"];

type Typed = { readonly [Field in keyof TwilioInput]?: TwilioInput[Field] | undefined };

/** What becomes of a form: by the schema and then by the decision, and by the decision alone, as if nobody had checked before. */
async function decide(typed: Typed, workspaceId: string, stored: TwilioSettings): Promise<readonly (Origin | string)[]> {
  const given = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined));
  const checked = await twilioInput["~standard"].validate(given);
  const attempt = (input: TwilioInput): Origin | string => {
    try {
      return originOf(input, stored, workspaceId);
    } catch (error) {
      if (isWadeskError(error, "input_invalid")) return error.message;
      throw error;
    }
  };
  return [attempt(given as unknown as TwilioInput), "value" in checked ? attempt(checked.value) : "refused by its form"];
}

describe("whose account is used", () => {
  it("is the admin's for no combination of fields in a workspace that the admin assigned nothing to, or not that number", async () => {
    let inheriting = 0;
    for (const accountSid of SIDS)
      for (const authToken of TOKENS)
        for (const from of NUMBERS)
          for (const mode of MODES)
            for (const workspaceId of WORKSPACES)
              for (const origin of await decide({ mode, accountSid, authToken, from }, workspaceId, settings)) {
                if (typeof origin === "string") continue;
                const { credentials, number, secret } = origin;
                const isAdmins = admin.tokens.includes(credentials.authToken) || "inherited" in secret;
                if (!isAdmins) {
                  // one's own token must be proven with Twilio, whichever account it is typed beside
                  expect(credentials.authToken).toBe(tenant.token);
                  expect(secret).toEqual({ authToken: tenant.token });
                  continue;
                }
                inheriting += 1;
                expect([(accountSid ?? "").trim(), (authToken ?? "").trim()]).toEqual(["", ""]);
                expect([workspaceId, number]).toEqual(workspaceId === "beta" ? ["beta", SANDBOX] : ["acme", assigned]);
                expect([credentials, secret]).toEqual([{ accountSid: admin.sid, authToken: "admin-token" }, { inherited: true }]);
              }
    // its accepted twin: assigned numbers are inherited
    expect(inheriting).toBeGreaterThan(20);
  });

  it("is nobody's by any text in any field, unless both are blank and the number is assigned", async () => {
    const blank = fc.stringMatching(/^[ \t\u00a0]{0,3}$/);
    const field = fc.oneof(
      fc.constantFrom(undefined, admin.sid, tenant.sid, tenant.token, assigned, unassigned, SANDBOX),
      blank,
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(
        field,
        field,
        field,
        fc.constantFrom(...MODES),
        fc.oneof(fc.constantFrom(...WORKSPACES), fc.string()),
        async (...drawn) => {
          const [accountSid, authToken, from, mode, workspaceId] = drawn;
          for (const origin of await decide({ mode, accountSid, authToken, from }, workspaceId, settings)) {
            if (typeof origin === "string" || !("inherited" in origin.secret)) continue;
            expect(settings.senders).toContainEqual({ workspaceId, number: origin.number });
            expect([(accountSid ?? "").trim(), (authToken ?? "").trim()]).toEqual(["", ""]);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("is told apart in the same words, whether the number is somebody else's, unassigned, or the admin has no account", () => {
    const refusal = (workspaceId: string, from: string, stored: TwilioSettings = settings): unknown => {
      try {
        return originOf({ mode: "production", from }, stored, workspaceId);
      } catch (error) {
        return error instanceof Error ? error.message : error;
      }
    };
    expect(refusal("acme", assigned)).toMatchObject({ number: assigned });
    const words = refusal("rival", assigned);
    expect(words).toMatch(/accountSid is missing: fill in the Account SID and Auth Token of your own account/);
    expect(refusal("rival", unassigned)).toBe(words);
    expect(refusal("rival", SANDBOX)).toBe(words);
    expect(refusal("acme", assigned, { ...settings, authToken: [] })).toBe(words);
    expect(refusal("acme", assigned, { authToken: [], senders: [] })).toBe(words);
    expect(refusal("acme", assigned, { ...settings, authToken: ["", " "] })).toBe(words);
  });

  it("needs both fields or none, and says which is missing", async () => {
    const [alone] = await decide({ mode: "sandbox", accountSid: admin.sid }, "acme", settings);
    expect(alone).toMatch(/authToken is missing/);
    const [token] = await decide({ mode: "sandbox", authToken: "t" }, "acme", settings);
    expect(token).toMatch(/accountSid is missing/);
    const [number] = await decide({ mode: "production", accountSid: tenant.sid, authToken: "t" }, "acme", settings);
    expect(number).toMatch(/from is missing/);
  });

  it("comes with the one number that is assigned, when none is typed", () => {
    expect(originOf({ mode: "production" }, settings, "acme").number).toBe(assigned);
    const two = { ...settings, senders: [...settings.senders, { workspaceId: "acme", number: unassigned }] };
    expect(() => originOf({ mode: "production" }, two, "acme")).toThrow(/accountSid is missing/);
    expect(() => originOf({ mode: "production" }, settings, "beta")).toThrow(/accountSid is missing/);
    expect(originOf({ mode: "sandbox" }, settings, "beta").number).toBe(SANDBOX);
  });
});
