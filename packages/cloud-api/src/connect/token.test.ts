import type { ChannelContext } from "@wadesk/core/ports";
import { describe, expect, it } from "vitest";
import { openGraph } from "../graph/graph.ts";
import { type CloudApiSettings, readOptions } from "../options.ts";
import { failureOf } from "../testing/failure-of.ts";
import { checkToken, type TokenFacts } from "./token.ts";

const NOW = 1_750_000_000_000;
const SCOPES = ["whatsapp_business_messaging", "whatsapp_business_management"];
const WHOLE = { app_id: "42", type: "SYSTEM_USER", is_valid: true, expires_at: 0, scopes: SCOPES };

/** What comes of a token of which Meta says this. */
async function check(data: object): Promise<TokenFacts> {
  const { defaults, transport } = readOptions({ appId: "42", appSecret: "secret", retryDelayMs: 0 });
  const fetch: typeof globalThis.fetch = async () => Response.json({ data });
  const context = { settings: async () => defaults, fetch, signal: new AbortController().signal } as ChannelContext<CloudApiSettings> & {
    readonly signal: AbortSignal;
  };
  return checkToken(await openGraph(transport, context, "EAAtoken1"), "800100", { wanted: "42", now: NOW });
}
const without = (data: object, ...names: readonly string[]): object =>
  Object.fromEntries(Object.entries(data).filter(([name]) => !names.includes(name)));

describe("a token of which Meta does not say whether it is valid", () => {
  it.each<[string, object, TokenFacts]>([
    ["that never ends", without(WHOLE, "is_valid"), { appId: "42" }],
    ["that ends later", { ...without(WHOLE, "is_valid"), expires_at: NOW / 1000 + 60 }, { appId: "42", expiresAt: NOW + 60_000 }],
    ["of whose end it is silent too", without(WHOLE, "is_valid", "expires_at"), { appId: "42" }],
    ["and says it in another form", { ...WHOLE, is_valid: null }, { appId: "42" }],
  ])("counts by what Meta does say: one %s", async (_, data, facts) => {
    expect(await check(data)).toEqual(facts);
  });

  it.each<[string, object, string]>([
    ["that has ended", { ...without(WHOLE, "is_valid"), expires_at: NOW / 1000 - 60 }, "token_expired"],
    ["with an error", { ...without(WHOLE, "is_valid"), error: { code: 190, subcode: 467, message: "logged out" } }, "token_expired"],
    ["of another app", { ...without(WHOLE, "is_valid"), app_id: "43" }, "app_mismatch"],
    ["without the scopes", { ...without(WHOLE, "is_valid"), scopes: ["public_profile"] }, "scope_missing"],
    ["of which it says nothing at all", {}, "provider_unavailable"],
  ])("is refused by what Meta does say: one %s", async (_, data, code) => {
    expect((await failureOf(check(data))).code).toBe(code);
  });
});

describe("a token of which Meta says that it is not valid", () => {
  it("is refused, whatever else stands there", async () => {
    expect(await check(WHOLE)).toEqual({ appId: "42" });
    expect((await failureOf(check({ ...WHOLE, is_valid: false }))).code).toBe("token_expired");
    expect((await failureOf(check({ is_valid: false, scopes: [] }))).code).toBe("credentials_rejected");
  });
});
