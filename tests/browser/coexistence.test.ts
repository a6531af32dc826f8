import { expect, it } from "vitest";
import { VERIFY_TOKEN } from "../journeys/world/open-world.ts";
import { inChromium } from "./world/in-chromium.ts";
import { accept, answerAll, attemptOn, endsOf, openPage, openWindow, outcomeOf } from "./world/person.ts";

const FIELDS = ["messages", "history", "smb_app_state_sync", "smb_message_echoes", "account_update"];

inChromium("in a real browser, a number that stays in the WhatsApp Business app", (here) => {
  const syncs = (): readonly unknown[] =>
    here.host.meta.exchanges
      .filter(({ operation }) => operation.includes("smb_app_data"))
      .map(({ request }) => (request.body as { readonly sync_type?: string }).sync_type);
  const registrations = (): number => here.host.meta.exchanges.filter(({ operation }) => operation.endsWith("/register")).length;

  /** An account with such a number, and with one that was registered the usual way. */
  async function account() {
    const { meta, app, origin } = here.host;
    await app.setWebhook({ url: `${origin}/webhooks/whatsapp/inbound`, verifyToken: VERIFY_TOKEN, fields: FIELDS });
    const { id: wabaId } = meta.addWaba();
    const shop = meta.addNumber({ wabaId, verifiedName: "Shop", fields: { is_on_biz_app: true } });
    return { wabaId, shop };
  }

  /** Meta hands over a part of the past. */
  async function handOver(wabaId: string, { id, phone }: { readonly id: string; readonly phone: string }, progress: number): Promise<void> {
    const ours = phone.replace("+", "");
    const messages = [{ from: "5511999990000", to: ours, id: "wamid.PAST", timestamp: "1770000000", type: "text", text: { body: "Oi" } }];
    here.host.meta.notify(wabaId, "history", {
      messaging_product: "whatsapp",
      metadata: { display_phone_number: ours, phone_number_id: id },
      history: [{ metadata: { phase: 1, chunk_order: 1, progress }, threads: [{ id: "5511999990000", messages }] }],
    });
    await here.host.meta.settled();
  }

  it("comes by the window, whose message names the account alone: it is never registered, synced once, and its page shows the progress", async () => {
    const { wabaId, shop } = await account();
    const page = await openPage(here.context, here.host, "?helper&coexistence");
    const dialog = await openWindow(page);
    expect(new URL(dialog.url()).searchParams.get("extras")).toContain("whatsapp_business_app_onboarding");
    await accept(dialog, { wabaId });
    const outcome = await outcomeOf(page);
    expect(outcome).toMatchObject({ outcome: "finished", message: "with_code", told: { wabaId } });
    expect(outcome.told).not.toHaveProperty("phoneNumberId");
    const done = await attemptOn(page);
    expect([endsOf(done), registrations(), syncs()]).toEqual([["Shop connected"], 0, ["smb_app_state_sync", "history"]]);
    for (const progress of [30, 100]) {
      await handOver(wabaId, shop, progress);
      await expect
        .poll(async () => {
          const shown = await openPage(here.context, here.host, `?signup=${done.id}`);
          const { numbers } = await attemptOn(shown);
          await shown.close();
          return numbers[0]?.historyProgress;
        })
        .toBe(progress);
    }
    expect(syncs()).toHaveLength(2);
  });

  it("is chosen among the account's where there are several, and the sync that Meta refused at first is gone on with from another page", async () => {
    const { wabaId } = await account();
    here.host.meta.addNumber({ wabaId, verifiedName: "Desk" });
    here.host.meta.fault({ kind: "refused", code: 2494100, operation: "POST /{Phone-Number-ID}/smb_app_data" });
    const page = await openPage(here.context, here.host, "?helper&coexistence");
    await accept(await openWindow(page), { wabaId });
    await outcomeOf(page);
    const { question } = await attemptOn(page);
    expect(question?.type === "choose_numbers" && question.numbers.map(({ label }) => label.split(",")[0]).toSorted()).toEqual([
      "Desk",
      "Shop",
    ]);
    const first = await answerAll(page, here.host);
    expect(endsOf(first)).toEqual(["Desk connected", "Shop provider_unavailable"]);
    const again = await openPage(here.context, here.host, `?signup=${first.id}`);
    await again.evaluate(`sessionStorage.setItem("signup", ${JSON.stringify(first.id)})`);
    await again.click("#go-on");
    await expect.poll(async () => endsOf(await attemptOn(again))).toEqual(["Desk connected", "Shop connected"]);
    expect([registrations(), syncs()]).toEqual([0, ["smb_app_state_sync", "smb_app_state_sync", "history"]]);
  });
});
