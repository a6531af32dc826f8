import { expect, it } from "vitest";
import { type Asking, askVendor } from "./ask-vendor.ts";

const asking = (partial: Partial<Asking>): Asking => ({
  vendor: "parrot",
  fetch: async () => Response.json({ id: "1" }, { status: 429, headers: { "retry-after": "7" } }),
  timeoutMs: 10_000,
  signal: new AbortController().signal,
  lost: "outcome_unknown",
  ...partial,
});
const post = { method: "POST", headers: { authorization: "Bearer token" }, body: "{}" };

it("answers what came, a refusal too, and follows no redirect", async () => {
  const calls: unknown[] = [];
  const answering = asking({});
  const fetch: Asking["fetch"] = (address, init) => {
    calls.push([address, init?.method, init?.redirect, init?.body]);
    return answering.fetch(address, init);
  };
  const { status, headers, text } = await askVendor({ ...answering, fetch }, "https://api.parrot.example/lines", post);
  expect([status, headers.get("retry-after"), text]).toEqual([429, "7", '{"id":"1"}']);
  expect(calls).toEqual([["https://api.parrot.example/lines", "POST", "manual", "{}"]]);
});

it("asks nothing once it was stopped", async () => {
  let calls = 0;
  const fetch: Asking["fetch"] = async () => {
    calls += 1;
    return new Response();
  };
  await expect(askVendor(asking({ fetch, signal: AbortSignal.abort() }), "https://api.parrot.example", post)).rejects.toMatchObject({
    code: "provider_unavailable",
  });
  expect(calls).toBe(0);
});

it.each([
  ["no answer comes in time", { timeoutMs: 0 }],
  ["it is stopped meanwhile", { timeoutMs: 10_000 }],
])("rejects with what being lost means when %s", async (_what, { timeoutMs }) => {
  const stop = new AbortController();
  const fetch: Asking["fetch"] = (_address, init) =>
    new Promise((_resolve, reject) => {
      init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
      if (timeoutMs > 0) stop.abort();
    });
  await expect(askVendor(asking({ fetch, timeoutMs, signal: stop.signal }), "https://api.parrot.example", post)).rejects.toMatchObject({
    code: "outcome_unknown",
  });
});
