import { inspect } from "node:util";
import type { RawMethod } from "@wadesk/cloud-api";
import { isWadeskError } from "@wadesk/core";
import { expect, it } from "vitest";
import { openWorld, type WorldOptions } from "./world/open-world.ts";

async function connected(options: WorldOptions = {}) {
  const world = await openWorld(options);
  const acme = world.wadesk.workspace("acme");
  const { id } = await acme.connect("cloud-api", world.account.input);
  return { ...world, acme, id, raw: acme.operations("cloud-api", id).raw };
}

it("raw asks what has no name here yet, with the number's token in a header, and the version of the settings", async () => {
  const { raw, meta, account, wadesk } = await connected();
  const { wabaId, token } = account;
  expect(await raw("GET", `/${wabaId}/phone_numbers?fields=id&limit=5`)).toMatchObject({ data: [{ id: account.numberId }] });
  await wadesk.settings.change("cloud-api", { graphVersion: "v26.0" });
  expect(await raw("GET", wabaId)).toMatchObject({ id: wabaId });
  expect(await raw("POST", `${account.numberId}/whatsapp_business_profile`, { messaging_product: "whatsapp", about: "Bread" })).toEqual({
    success: true,
  });
  const [listed, read] = meta.exchanges.slice(-3).map(({ request }) => request);
  expect(listed?.url).toMatch(new RegExp(`/v23\\.0/${wabaId}/phone_numbers\\?fields=id&limit=5$`));
  expect(read?.url).toMatch(new RegExp(`/v26\\.0/${wabaId}$`));
  expect([read?.headers.authorization, read?.url.includes(token)]).toEqual([`Bearer ${token}`, false]);
});

it("raw reaches api.facebook.com too, where new calls are alone", async () => {
  const asked: string[] = [];
  let apiUrl = "";
  const through: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    asked.push(new URL(request.url).origin);
    return fetch(request.url.replace("https://api.facebook.com", apiUrl), request);
  };
  const { raw, meta, account, graphUrl } = await connected({ fetch: through });
  apiUrl = (await meta.listen({ as: "api" })).url;
  const { id } = meta.addTemplate({ wabaId: account.wabaId, name: "old" });
  const archive = `/${account.wabaId}/message_templates/archive`;
  await expect(raw("POST", archive, { template_ids: [id] })).rejects.toMatchObject({ code: "provider_refused" });
  expect(await raw("POST", archive, { template_ids: [id] }, { host: "api" })).toEqual({ archived_templates: [id], failed_templates: [] });
  expect(asked.slice(-2)).toEqual([new URL(graphUrl).origin, "https://api.facebook.com"]);
});

const WRONG: readonly (readonly [path: unknown, code: string, body?: object | undefined, method?: string, options?: object])[] = [
  ["", "required"],
  [7, "required"],
  ["https://evil.example/me", "absolute_url"],
  ["//evil.example/me", "absolute_url"],
  ["HTTPS:evil.example", "absolute_url"],
  ["/me/../../oauth", "leaves_the_path"],
  ["/me/%2e%2e/oauth", "leaves_the_path"],
  ["/./me", "leaves_the_path"],
  ["/me/a%2Fb", "leaves_the_path"],
  ["/me\\@evil.example", "wrong_form"],
  ["/me#x", "wrong_form"],
  ["/me\nhost: evil.example", "wrong_form"],
  ["/me//phone", "wrong_form"],
  ["/me%", "wrong_form"],
  ["/v23.0/me", "version_given"],
  ["/me?access_token=EAAother", "credential_given"],
  ["/me?fields=id&appsecret_proof=00", "credential_given"],
  ["/me", "credential_given", { access_token: "EAAother" }, "POST"],
  ["/me", "conflicts", {}, "GET"],
  ["/me", "not_an_object", [], "POST"],
  ["/me", "not_one_of", undefined, "PUT"],
  ["/me", "not_one_of", undefined, "GET", { host: "evil.example" }],
  ["/me", "unknown_field", undefined, "GET", { url: "https://evil.example" }],
];

it.each(WRONG)(
  "raw never leaves Meta's hosts and sends no other's credentials: %j is %s",
  async (path, code, body, method = "GET", options = {}) => {
    const { raw, meta } = await connected();
    const before = meta.exchanges.length;
    const error = await raw(method as RawMethod, path as string, body as never, options as never).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(isWadeskError(error) && [error.code, error.issues?.[0]?.code]).toEqual(["input_invalid", code]);
    expect(inspect(error)).not.toContain("EAAother");
    expect(meta.exchanges).toHaveLength(before);
  },
);

it("raw tells Meta's refusal by code, repeats a read alone, and shows the token nowhere", async () => {
  const { raw, meta, account, lines, acme, id } = await connected();
  meta.fault({ kind: "answer_lost", operation: "GET /{WABA-ID}" });
  expect(await raw("GET", `/${account.wabaId}`)).toMatchObject({ id: account.wabaId });
  meta.fault({ kind: "answer_lost", operation: "POST /{Phone-Number-ID}" });
  const posts = (): number => meta.exchanges.filter(({ operation }) => operation === "POST /{Phone-Number-ID}").length;
  await expect(raw("POST", `/${account.numberId}`, { search_visibility: "VISIBLE" })).rejects.toMatchObject({ code: "outcome_unknown" });
  expect(posts()).toBe(1);
  meta.fault({ kind: "missing_scope", operation: "GET /{WABA-ID}" });
  const error = await raw("GET", `/${account.wabaId}`).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: "scope_missing" });
  expect((await acme.get(id)).status.state).toBe("connected");
  expect(inspect([error, lines], { depth: 9 })).not.toContain(account.token);
  // a token that no longer counts is the connection's own matter
  meta.expireToken(account.token);
  await expect(raw("GET", `/${account.wabaId}`)).rejects.toMatchObject({ code: "token_expired" });
  expect((await acme.get(id)).status).toMatchObject({ state: "failed", reason: "token_expired" });
});
