import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSignup, type SignupWorld } from "./world/signup-world.ts";

let world: SignupWorld;
beforeEach(() => {
  world = openSignup();
});
afterEach(() => world.meta.close());

/** An attempt whose code is there, of an account with one number that wants a PIN. */
async function begun() {
  const { id: wabaId } = world.meta.addWaba();
  world.meta.addNumber({ wabaId, verifiedName: "Locked", registered: false, pin: "123456" });
  const { id, state, opening } = await world.signup().begin();
  const back = opening.type === "url" ? await world.press(opening.url, [wabaId]) : undefined;
  return { id, state, code: back?.searchParams.get("code") ?? "" };
}

const AGAIN = "; open the dialog once more";

describe("what Meta says of a code is shown as", () => {
  it.each([
    [{ code: 100, subcode: 36007 }, `has ended: a code of the dialog lives for 30 seconds${AGAIN}`],
    [{ code: 100, subcode: 36008 }, `was given for another return address than this one${AGAIN}`],
    [{ code: 100, subcode: 36009 }, `was used already${AGAIN}`],
    [{ code: 100 }, `is none that Meta knows${AGAIN}`],
    [{ code: 190, details: "It is no good." }, `was refused by Meta (It is no good.)${AGAIN}`],
    [{ code: 191, details: "Not one of the app's domains" }, `was refused by Meta (Not one of the app's domains)${AGAIN}`],
    [{ code: 2 }, `may be spent: Meta had trouble of its own when it was exchanged${AGAIN}`],
    [{ code: 101 }, "copy both again from Settings → Basic of one app"],
    [{ code: 4 }, "wait"],
  ])("%j", async (refusal, shown) => {
    const { id, state, code } = await begun();
    world.meta.fault({ kind: "refused", operation: "GET /oauth/access_token", times: 9, ...refusal });
    const error: unknown = await world
      .signup()
      .finish(state, code)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    const attempt = await world.signup().read(id);
    expect([attempt.at, attempt.checks.map(({ name, state }) => `${name} ${state}`)]).toEqual(["code", ["code failed"]]);
    expect(`${attempt.checks[0]?.detail} ${String((error as { remedy?: string }).remedy)}`).toContain(shown);
  });
});

describe("what Meta says of a registration is shown as", () => {
  const PIN = "the two-step verification PIN";
  it.each([
    [133000, "deregister it again, then register it"],
    [133005, "is not the number's two-step PIN; whoever forgot it changes it in WhatsApp Manager"],
    [133006, "verify the number again by a code, then register it"],
    [133008, `${PIN} was guessed too often`],
    [133009, `${PIN} was entered too fast`],
    [133010, "not registered"],
    [133015, "it was deleted a moment ago"],
    [133016, "Meta takes ten registrations in 72 hours; wait until they are over"],
    [2388001, "two-step verification still guards it where it is registered now; turn that off there"],
    [131031, "locked"],
    [133004, "try again"],
    [133099, "the provider refused the request"],
  ])("%i", async (code, shown) => {
    const { id, state, code: given } = await begun();
    await world.signup().finish(state, given);
    world.meta.fault({ kind: "refused", code, operation: "POST /{Phone-Number-ID}/register", times: 9 });
    await expect(world.signup().resume(id, { type: "pin", pin: "123456" })).rejects.toThrow();
    const { checks } = await world.signup().read(id);
    expect(checks.find(({ name }) => name === "register")).toMatchObject({ state: "failed", detail: expect.stringContaining(shown) });
  });
});
