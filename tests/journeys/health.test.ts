import type { WadeskEvent } from "@wadesk/core";
import { isFailedReason } from "@wadesk/core/ports";
import { manualClock, metaChange, metaJson, signMeta } from "@wadesk/testing";
import { describe, expect, it } from "vitest";
import { openWorld } from "./world/open-world.ts";

const hello = { kind: "text", text: "Hello" } as const;
const text = (body: string) => ({ type: "text", text: { body } });

/** Two numbers of acme's and one of rival's, all on one account. */
async function openAccount() {
  const time = manualClock();
  const world = await openWorld({ time });
  const { meta, app, wadesk, account } = world;
  const connect = async (workspaceId: string, display: string) => {
    const { id: phoneNumberId, phone } = meta.addNumber({ wabaId: account.wabaId, display });
    const accessToken = meta.addToken({ appId: app.id, wabaIds: [account.wabaId] });
    const connection = await wadesk.workspace(workspaceId).connect("cloud-api", { phoneNumberId, wabaId: account.wabaId, accessToken });
    return { connection, phone, phoneNumberId, accessToken };
  };
  const acme = wadesk.workspace("acme");
  const rival = wadesk.workspace("rival");
  const first = await connect("acme", "+1 555-010-0011");
  const second = await connect("acme", "+1 555-010-0012");
  const theirs = await connect("rival", "+1 555-010-0013");
  const seen: WadeskEvent[] = [];
  wadesk.on("event.completed", (event) => void seen.push(event));
  // Meta dates what happens later by whole seconds
  await time.advance(5_000);
  return { ...world, time, acme, rival, first, second, theirs, seen };
}

describe("a ban of the whole account", () => {
  it("turns every connection on it to failed/banned, in each workspace, and its end brings them back", async () => {
    const { meta, account, acme, rival, first, second, theirs, seen, time } = await openAccount();
    const notify = async (state: string): Promise<void> => {
      meta.notify(account.wabaId, "account_update", { event: "DISABLED_UPDATE", ban_info: { waba_ban_state: state } });
      await meta.settled();
      await time.advance(5_000);
    };
    const states = async () =>
      Promise.all([acme.get(first.connection.id), acme.get(second.connection.id), rival.get(theirs.connection.id)]).then((rows) =>
        rows.map(({ status }) => (status.state === "failed" && isFailedReason(status.reason) ? status.reason : status.state)),
      );
    expect(await states()).toEqual(["connected", "connected", "connected"]);
    await notify("DISABLE");
    expect(await states()).toEqual(["banned", "banned", "banned"]);
    await expect(acme.send({ to: "+5511999990000", content: hello, from: second.connection.id })).rejects.toMatchObject({ code: "banned" });
    await notify("REINSTATE");
    expect(await states()).toEqual(["connected", "connected", "connected"]);
    // the fact itself is told once to each workspace
    expect(seen.map(({ workspaceId, type }) => `${workspaceId} ${type}`).sort()).toEqual(
      ["acme", "acme", "rival", "rival"].map((workspaceId) => `${workspaceId} account.changed`),
    );
  });
});

describe("a restriction of the account", () => {
  it("ends when Meta lifts it, is none where Meta warns or speaks of calls, and is cleared by a check where no webhook ended it", async () => {
    const { meta, account, acme, rival, first, theirs, time } = await openAccount();
    const notify = async (value: object): Promise<void> => {
      meta.notify(account.wabaId, "account_update", { event: "ACCOUNT_RESTRICTION", ...value });
      await meta.settled();
      await time.advance(5_000);
    };
    const reasons = async (): Promise<readonly unknown[]> =>
      [await acme.get(first.connection.id), await rival.get(theirs.connection.id)].map(({ status }) => status.restriction?.reason);
    const violation = (violation_type: string): object => ({ violation_info: { violation_type } });
    const strike = {
      ...violation("DIRECT_SEND_UTILITY_CATEGORY_ABUSE_STRIKE_2"),
      restriction_info: [{ restriction_type: "RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES" }],
    };
    await notify(violation("DIRECT_SEND_UTILITY_CATEGORY_ABUSE_WARN"));
    await notify({ restriction_info: [{ restriction_type: "RESTRICTED_USER_INITIATED_CALLING" }] });
    expect(await reasons()).toEqual([undefined, undefined]);
    const restricted = "restricted_direct_send_utility_templates";
    await notify(strike);
    expect(await reasons()).toEqual([restricted, restricted]);
    await notify(violation("DIRECT_SEND_UTILITY_CATEGORY_ABUSE_UNBAN"));
    expect(await reasons()).toEqual([undefined, undefined]);
    await notify(strike);
    await acme.check(first.connection.id);
    expect(await reasons()).toEqual([undefined, restricted]);
  });

  it("that announces the account's end is over when the account is reinstated", async () => {
    const { meta, account, acme, first, time } = await openAccount();
    for (const state of ["SCHEDULE_FOR_DISABLE", "REINSTATE"]) {
      meta.notify(account.wabaId, "account_update", { event: "DISABLED_UPDATE", ban_info: { waba_ban_state: state } });
      await meta.settled();
      await time.advance(5_000);
      const { status } = await acme.get(first.connection.id);
      expect([status.state, status.restriction?.reason]).toEqual([
        "connected",
        state === "REINSTATE" ? undefined : "scheduled_for_disable",
      ]);
    }
  });
});

describe("a fact about one number of a shared account", () => {
  it.each([
    ["phone_number_quality_update", { event: "FLAGGED", current_limit: "TIER_1K" }],
    ["phone_number_name_update", { decision: "APPROVED", requested_verified_name: "Acme Shop", rejection_reason: null }],
    ["security", { event: "PIN_CHANGED", requester: "1234567890" }],
  ])("reaches the workspace that has the number and no neighbour: %s", async (field, value) => {
    const { meta, account, first, second, seen } = await openAccount();
    for (const { phone } of [first, second]) meta.notify(account.wabaId, field, { display_phone_number: phone.slice(1), ...value });
    await meta.settled();
    expect(seen.map(({ workspaceId, type, data }) => [workspaceId, type, data.connection.id])).toEqual([
      ["acme", "number.changed", first.connection.id],
      ["acme", "number.changed", second.connection.id],
    ]);
  });
});

describe("a webhook that arrives", () => {
  it("does not revive a connection whose token is dead, nor one that was disconnected on request", async () => {
    const { meta, acme, first, second, seen, time } = await openAccount();
    meta.expireToken(first.accessToken);
    await expect(acme.send({ to: "+5511999990000", content: hello, from: first.connection.id })).rejects.toMatchObject({
      code: "token_expired",
    });
    await acme.disconnect(second.connection.id);
    await time.advance(5_000);
    const ana = meta.addContact();
    ana.send(first.phoneNumberId, text("still received"));
    ana.send(second.phoneNumberId, text("and here"));
    await meta.settled();
    expect(seen).toHaveLength(2);
    expect((await acme.get(first.connection.id)).status).toMatchObject({ state: "failed", reason: "token_expired" });
    expect((await acme.get(second.connection.id)).status).toMatchObject({ state: "disconnected", reason: "requested" });
  });

  it("says nothing about a connection that was made after it was written", async () => {
    const { app, account, acme, first, seen, callback, time } = await openAccount();
    const post = async (at: number): Promise<void> => {
      const [entry] = metaChange("account_update", { event: "DISABLED_UPDATE", ban_info: { waba_ban_state: "DISABLE" } }, account).entry;
      const body = metaJson({ object: "whatsapp_business_account", entry: [{ ...entry, time: Math.floor(at / 1000) }] });
      const answer = await fetch(callback, { method: "POST", body, headers: { "x-hub-signature-256": signMeta(body, app.secret) } });
      expect(answer.status).toBe(200);
    };
    await post(time.now() - 3_600_000);
    expect((await acme.get(first.connection.id)).status.state).toBe("connected");
    await post(time.now());
    expect((await acme.get(first.connection.id)).status).toMatchObject({ state: "failed", reason: "banned" });
    expect(seen.filter(({ workspaceId }) => workspaceId === "acme")).toHaveLength(2);
  });

  it("for a number that was removed is answered 200, passed over and logged", async () => {
    const { meta, acme, rival, theirs, first, seen, lines } = await openAccount();
    await rival.remove(theirs.connection.id);
    meta.addContact().send(theirs.phoneNumberId, text("too late"));
    await meta.settled();
    expect([meta.deliveries.at(-1)?.status, seen]).toEqual([200, []]);
    expect(lines.at(-1)).toMatchObject({ level: "warn", data: { routes: [`cloud-api:${theirs.phoneNumberId}`] } });
    expect((await acme.get(first.connection.id)).status.state).toBe("connected");
  });
});
