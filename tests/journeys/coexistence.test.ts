import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSignup, type SignupWorld, VERIFY_TOKEN, WEBHOOK_ADDRESS } from "./world/signup-world.ts";

let world: SignupWorld;
beforeEach(async () => {
  world = openSignup();
  await world.app.setWebhook({
    url: WEBHOOK_ADDRESS,
    verifyToken: VERIFY_TOKEN,
    fields: ["messages", "history", "smb_app_state_sync", "smb_message_echoes", "account_update"],
  });
});
afterEach(() => world.meta.close());

async function signedUp(numbers = 1) {
  const { id: wabaId } = world.meta.addWaba();
  const added = Array.from({ length: numbers }, () => world.meta.addNumber({ wabaId, fields: { is_on_biz_app: true } }));
  const { id, opening, state } = await world.signup().begin({ features: ["coexistence"] });
  const back = await world.press(opening.type === "url" ? opening.url : "", [wabaId]);
  const finish = () => world.signup().finish(state, back.searchParams.get("code") ?? "");
  return { id, wabaId, numbers: added, finish };
}

const syncs = (): readonly unknown[] =>
  world.meta.exchanges
    .filter(({ operation }) => operation.includes("smb_app_data"))
    .map(({ request }) => (request.body as { readonly sync_type?: string }).sync_type);
async function progressOf(attemptId: string, of: readonly { readonly id: string }[]): Promise<readonly unknown[]> {
  const { numbers } = await world.signup().read(attemptId);
  return of.map(({ id }) => numbers.find((number) => number.id === id)?.historyProgress);
}

/** What Meta tells of one part of the past. */
function part(number: { readonly id: string; readonly phone: string }, metadata: object, more: object = {}) {
  const ours = number.phone.replace("+", "");
  const messages = [{ from: "5511999990000", to: ours, id: "wamid.PAST", timestamp: "1770000000", type: "text", text: { body: "Oi" } }];
  return {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: ours, phone_number_id: number.id },
    history: [{ metadata, threads: [{ id: "5511999990000", messages }], ...more }],
  };
}

describe("a number that stays in the WhatsApp Business app", () => {
  it("is asked for contacts and history once each, also where one of them failed, and Meta's requests are told", async () => {
    const { id, finish } = await signedUp();
    const exchanges = world.meta.exchanges as unknown as { push: (...items: unknown[]) => number };
    const { push } = exchanges;
    exchanges.push = (...items) => {
      const length = push.apply(world.meta.exchanges, items);
      if (syncs().length === 1) world.meta.fault({ kind: "refused", code: 2494100, operation: "POST /{Phone-Number-ID}/smb_app_data" });
      return length;
    };
    const done = await finish();
    expect(done.numbers).toMatchObject([{ state: "connected", failure: { code: "provider_unavailable" } }]);
    const again = await world.signup(world.process()).resume(id);
    expect(again.numbers[0]).not.toHaveProperty("failure");
    expect(syncs()).toEqual(["smb_app_state_sync", "history", "history"]);
    expect(again.checks.slice(-2)).toEqual(
      ["sync_contacts", "sync_history"].map((name) => ({ name, state: "passed", detail: expect.stringMatching(/^Meta's request \w+$/) })),
    );
  });

  it("shows in the attempt how much of its past has come, which never falls, and in its facts", async () => {
    const { id, wabaId, numbers, finish } = await signedUp(2);
    await world.answerAll(await finish());
    expect(await progressOf(id, numbers)).toEqual([undefined, undefined]);
    const [first, second] = numbers;
    if (first === undefined || second === undefined) throw new Error("there are two");
    for (const [number, progress, shown] of [
      [first, 40, [40, undefined]],
      [second, 5, [40, 5]],
      [first, 20, [40, 5]],
      [first, 100, [100, 5]],
    ] as const) {
      world.meta.notify(wabaId, "history", part(number, { phase: 1, chunk_order: progress, progress }));
      await world.meta.settled();
      await expect.poll(() => progressOf(id, numbers)).toEqual(shown);
    }
    const { items } = await world.wadesk.workspace("acme").list();
    expect(items.map(({ facts }) => facts?.historyProgress).toSorted()).toEqual([100, 5]);
  });

  it("whose owner shares no history says so", async () => {
    const { id, wabaId, numbers, finish } = await signedUp();
    await finish();
    const [number] = numbers;
    if (number === undefined) throw new Error("there is one");
    const errors = [{ code: 2593109, title: "History sync is turned off by the business from the WhatsApp Business App" }];
    world.meta.notify(wabaId, "history", part(number, {}, { errors, threads: [] }));
    await world.meta.settled();
    await expect.poll(() => progressOf(id, numbers)).toEqual(["declined"]);
  });

  it("that is gone on with a day later is told that the sync came too late, stays connected, and what to do", async () => {
    const { id, finish } = await signedUp();
    world.meta.fault({ kind: "refused", code: 2593108, operation: "POST /{Phone-Number-ID}/smb_app_data" });
    await finish();
    const [number] = (await world.signup().read(id)).numbers;
    expect(number).toMatchObject({ state: "connected", failure: { message: expect.stringContaining("within 24 hours of the signup") } });
    expect(number?.failure?.message).toContain("off-board the number and sign up again");
  });
});
