import { META_ERRORS } from "@wadesk/cloud-api";
import { isWadeskError, type WadeskError } from "@wadesk/core";
import { manualClock } from "@wadesk/testing";
import { describe, expect, it } from "vitest";
import { openWorld } from "./world/open-world.ts";

/** A number that is connected and was never verified or registered. */
async function fresh(number: object = {}) {
  const time = manualClock();
  const world = await openWorld({ time });
  const { meta, wadesk, account, app } = world;
  const { id: phoneNumberId } = meta.addNumber({
    wabaId: account.wabaId,
    codeVerificationStatus: "NOT_VERIFIED",
    registered: false,
    ...number,
  });
  const accessToken = meta.addToken({ appId: app.id, wabaIds: [account.wabaId] });
  const acme = wadesk.workspace("acme");
  const { id } = await acme.connect("cloud-api", { phoneNumberId, wabaId: account.wabaId, accessToken });
  const codes = async () => (await acme.check(id)).warnings.map(({ code }) => code);
  return { ...world, time, acme, id, phoneNumberId, codes, own: acme.operations("cloud-api", id) };
}

async function refusal(work: Promise<unknown>): Promise<WadeskError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isWadeskError(error)) throw error ?? new Error("it was not refused");
  return error;
}

describe("a number of Meta's", () => {
  it("is verified by a code, by text or by voice, then registered with a PIN that is kept, and sends", async () => {
    const { meta, own, acme, id, phoneNumberId, codes } = await fresh();
    expect(await codes()).toEqual(expect.arrayContaining(["number_not_registered", "sending_blocked"]));
    expect(await refusal(own.register({ pin: "123456" }))).toMatchObject({ code: "number_registration_failed", vendor: { code: 133006 } });
    await own.requestCode();
    const first = meta.codeSentTo(phoneNumberId) ?? "";
    await own.requestCode({ by: "voice", language: "pt_BR" });
    const asked = meta.exchanges.flatMap(({ operation, request }) => (operation.endsWith("request_code") ? [request.body] : []));
    expect(asked).toEqual([
      { code_method: "SMS", language: "en_US" },
      { code_method: "VOICE", language: "pt_BR" },
    ]);
    expect(await refusal(own.verifyCode(first))).toMatchObject({ code: "input_invalid", issues: [{ field: "code", code: "wrong_code" }] });
    const second = meta.codeSentTo(phoneNumberId) ?? "";
    await own.verifyCode(`${second.slice(0, 3)}-${second.slice(3)}`);
    expect(await refusal(own.register())).toMatchObject({ issues: [{ field: "pin", code: "required" }] });
    await own.register({ pin: "123456", region: "BR" });
    expect(await codes()).toEqual([]);
    meta.addContact({ phone: "+5511999990000" }).send(phoneNumberId, { type: "text", text: { body: "Oi" } });
    await meta.settled();
    await acme.send({ to: "+5511999990000", content: { kind: "text", text: "Hello" }, from: id });
    // the PIN was kept
    await own.deregister();
    await own.deregister();
    expect(await codes()).toContain("number_not_registered");
    await own.register();
    expect(await codes()).toEqual([]);
  });

  it("verifies though the answer was lost, and asks for no second code by itself", async () => {
    const { meta, own, phoneNumberId } = await fresh();
    await own.requestCode();
    meta.fault({ kind: "answer_lost", operation: "POST /{Phone-Number-ID}/verify_code" });
    await own.verifyCode(meta.codeSentTo(phoneNumberId) ?? "");
    meta.fault({ kind: "answer_lost", operation: "POST /{Phone-Number-ID}/request_code" });
    expect(await refusal(own.requestCode())).toMatchObject({ code: "provider_unavailable" });
    expect(meta.exchanges.filter(({ operation }) => operation.endsWith("request_code"))).toHaveLength(2);
  });

  it("has a PIN that is changed here, and tells the wait after wrong ones", async () => {
    const { own, time, acme, id } = await fresh({ codeVerificationStatus: "VERIFIED", pin: "111111" });
    for (let guess = 0; guess < 3; guess += 1)
      expect(await refusal(own.register({ pin: "000000" }))).toMatchObject({ issues: [{ field: "pin", code: "wrong_pin" }] });
    const fast = await refusal(own.register({ pin: "111111" }));
    expect([fast.code, fast.vendor?.code, fast.retryAfterMs]).toEqual(["number_registration_failed", 133009, 60_000]);
    await time.advance(60_000);
    await own.register({ pin: "111111" });
    await own.setPin("222222");
    await own.deregister();
    await own.register();
    expect(await refusal(own.setPin("12345"))).toMatchObject({ issues: [{ field: "pin", code: "wrong_form" }] });
    expect(JSON.stringify(await acme.get(id))).not.toMatch(/111111|222222/);
  });

  it("that lives in the WhatsApp Business app is never registered here", async () => {
    const { own, meta } = await fresh({ codeVerificationStatus: "VERIFIED", onboarded: true, registered: true });
    const error = await refusal(own.register({ pin: "123456" }));
    expect([error.code, error.message]).toEqual(["number_registration_failed", expect.stringContaining("WhatsApp Business app")]);
    expect(meta.exchanges.filter(({ operation }) => operation.endsWith("/register"))).toEqual([]);
  });

  it("tells how its display name stands, and that it is to be registered again once a new one was accepted", async () => {
    const { own, meta, phoneNumberId, codes } = await fresh({
      codeVerificationStatus: "VERIFIED",
      registered: true,
      verifiedName: "Bakery",
    });
    expect(await own.displayName()).toEqual({ name: "Bakery", status: "APPROVED" });
    meta.changeNumber(phoneNumberId, { new_name_status: "APPROVED" });
    expect(await own.displayName()).toEqual({ name: "Bakery", status: "APPROVED", newStatus: "APPROVED" });
    expect(await codes()).toContain("display_name_waits");
  });

  it("shows a profile, of which a change leaves the rest as it was, and names what is too long before Meta is asked", async () => {
    const { own, meta } = await fresh();
    expect(await own.profile()).toEqual({});
    await own.changeProfile({ about: "Bread", websites: ["https://bakery.example"], pictureHandle: "4:abc" });
    await own.changeProfile({ vertical: "RESTAURANT", email: "hello@bakery.example" });
    expect(await own.profile()).toEqual({
      about: "Bread",
      email: "hello@bakery.example",
      vertical: "RESTAURANT",
      websites: ["https://bakery.example"],
      pictureUrl: expect.stringMatching(/^https:/),
    });
    const before = meta.exchanges.length;
    const wrong: readonly (readonly [object, string, string])[] = [
      [{ about: "a".repeat(140) }, "about", "too_long"],
      [{ about: "" }, "about", "required"],
      [{ description: "a".repeat(513) }, "description", "too_long"],
      [{ email: "nobody" }, "email", "wrong_form"],
      [{ websites: ["bakery.example"] }, "websites.0", "not_an_address"],
      [{ websites: ["https://a.example", "https://b.example", "https://c.example"] }, "websites", "too_many"],
      [{ name: "Bakery" }, "change", "unknown_field"],
    ];
    for (const [change, field, code] of wrong)
      expect(await refusal(own.changeProfile(change as never)), JSON.stringify(change)).toMatchObject({ issues: [{ field, code }] });
    expect(meta.exchanges).toHaveLength(before);
    // what Meta alone knows it says itself
    expect(await refusal(own.changeProfile({ vertical: "BAKERY" }))).toMatchObject({ vendor: { code: 100 } });
  });

  it("is left alone once it was disconnected, and a refusal of what was asked for says nothing of the number", async () => {
    const { own, acme, id } = await fresh();
    expect(await refusal(own.raw("GET", "/999999999999999"))).toMatchObject({ code: "number_mismatch" });
    expect((await acme.get(id)).status.state).toBe("connected");
    await acme.disconnect(id);
    expect(await refusal(own.displayName())).toMatchObject({ code: "not_connected" });
  });
});

const MINUTE = 60_000;
// each as a person sees it: what is so, what to do, and how long to wait
const REGISTRATION: readonly (readonly [code: number, details: string | undefined, says: RegExp, waitMs: number | undefined])[] = [
  [133000, undefined, /half deregistered: deregister it again/, undefined],
  [133004, undefined, /try again/, undefined],
  [133005, undefined, /not the number's two-step PIN; whoever forgot it changes it in WhatsApp Manager/, undefined],
  [133006, undefined, /verify the number again by a code, then register it/, undefined],
  [133008, "Please try again after 2 hours.", /guessed too often; wait as long as Meta says/, 120 * MINUTE],
  [133009, "Please try again after 30 seconds.", /entered too fast; wait as long as Meta says/, 30_000],
  [133010, undefined, /register/, undefined],
  [133015, undefined, /deleted a moment ago; wait five minutes/, 5 * MINUTE],
  [133016, undefined, /ten registrations in 72 hours; wait until they are over/, 72 * 60 * MINUTE],
  [131031, undefined, /the PIN is wrong, or Meta has locked the account; see WhatsApp Manager/, undefined],
];

describe("a registration that Meta refuses", () => {
  it("has a row for each of Meta's codes", () => {
    const known = [...META_ERRORS.keys()].filter((code) => code.startsWith("1330"));
    expect(known.map(Number).filter((code) => !REGISTRATION.some(([row]) => row === code))).toEqual([]);
  });

  it.each(REGISTRATION)("says what is so and what to do: %i", async (code, details, says, waitMs) => {
    const { own, meta, acme, id } = await fresh({ codeVerificationStatus: "VERIFIED" });
    meta.fault({
      kind: "refused",
      code,
      operation: "POST /{Phone-Number-ID}/register",
      times: 3,
      ...(details !== undefined && { details }),
    });
    const error = await refusal(own.register({ pin: "123456" }));
    expect([error.message, error.retryAfterMs, error.vendor?.code]).toEqual([expect.stringMatching(says), waitMs, code]);
    expect((await acme.get(id)).status.state).toBe("connected");
  });
});
