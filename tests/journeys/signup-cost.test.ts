import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { doorBrowser } from "./world/door-browser.ts";
import { outcomeOf } from "./world/rendered.ts";
import { openSignup, RETURN_ADDRESS, type SignupWorld } from "./world/signup-world.ts";
import { watchedStorage } from "./world/watched-storage.ts";

const ANA = { workspaceId: "acme", userId: "ana", role: "admin" };
const EVE = { workspaceId: "evil", userId: "eve", role: "admin" };

let world: SignupWorld;
let calls: string[] = [];
beforeEach(() => {
  calls = [];
  world = openSignup({ watch: (storage) => watchedStorage(storage, (name) => void calls.push(name)) });
});
afterEach(() => world.meta.close());

interface Cost {
  /** How often the host was asked who somebody is. */
  readonly asked?: number;
  readonly calls: readonly string[];
  readonly opened: number;
  readonly meta: number;
}

async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const opening = vi.spyOn(crypto.subtle, "decrypt");
  const before = world.meta.exchanges.length;
  calls.length = 0;
  try {
    await work();
    return { calls: [...calls], opened: opening.mock.calls.length, meta: world.meta.exchanges.length - before };
  } finally {
    opening.mockRestore();
  }
}

const NOTHING = { calls: [], opened: 0, meta: 0 } as const;
const ONE_LOOK = { calls: ["records.get"], opened: 0, meta: 0 } as const;
const ONE_ATTEMPT = { calls: ["records.get"], opened: 1, meta: 0 } as const;

describe.each([1, 50])("what a refused request costs at the signup's door, beside %i attempts", (attempts) => {
  let asked = 0;
  const browserOf = (who: typeof ANA) =>
    doorBrowser(world, () => {
      asked += 1;
      return who;
    });
  beforeEach(async () => {
    for (let count = 0; count < attempts; count += 1) await world.signup(world.wadesk, `tenant-${count}`).begin();
    // what a process reads once
    await browserOf(ANA).begin();
  });
  const cost = async (work: () => Promise<unknown>): Promise<Cost> => {
    asked = 0;
    const found = await costOf(work);
    return { ...found, asked };
  };

  it("is a digest for a state without the cookie of its browser: nobody is asked who it is from, and nothing is read", async () => {
    const { state } = await browserOf(ANA).begin();
    const stranger = browserOf(EVE);
    const other = browserOf(EVE);
    await other.begin();
    for (const query of [`state=${state}&code=AQ00`, "state=sgn_1.0&code=AQ00", `state=${state}&error=access_denied`, "", "state=x"]) {
      for (const each of [stranger, other])
        expect(await cost(() => each.comeBack(`${RETURN_ADDRESS}?${query}`))).toEqual({ ...NOTHING, asked: 0 });
    }
    expect(await cost(() => stranger.post(RETURN_ADDRESS, { state, code: "AQ00" }))).toEqual({ ...NOTHING, asked: 0 });
    expect(await cost(() => other.post(RETURN_ADDRESS, { state, code: "AQ00" }))).toEqual({ ...NOTHING, asked: 1 });
  });

  it("is one look for a state that somebody made up together with a cookie, and one opened attempt for another user's", async () => {
    const eve = browserOf(EVE);
    const forge = async (state: string): Promise<void> => {
      const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`wadesk signup ${state}`)));
      eve.cookie.value = `__Host-wadesk_signup=${state.split(".")[0]}~${Buffer.from(bytes).toString("hex")}`;
    };
    const ana = browserOf(ANA);
    const { state } = await ana.begin();
    await forge("sgn_1.0");
    expect(await cost(() => eve.comeBack(`${RETURN_ADDRESS}?state=sgn_1.0&code=AQ00`))).toEqual({ ...ONE_LOOK, asked: 1 });
    await forge(state);
    // of another workspace nothing is found; of another user of the same one what is found is not theirs
    expect(await cost(() => eve.comeBack(`${RETURN_ADDRESS}?state=${state}&code=AQ00`))).toEqual({ ...ONE_LOOK, asked: 1 });
    const bob = browserOf({ ...ANA, userId: "bob" });
    bob.cookie.value = ana.cookie.value;
    expect(await cost(() => bob.comeBack(`${RETURN_ADDRESS}?state=${state}&code=AQ00`))).toEqual({ ...ONE_ATTEMPT, asked: 1 });
    expect(await cost(() => bob.comeBack(`${RETURN_ADDRESS}?state=${state}&error=access_denied`))).toEqual({ ...ONE_ATTEMPT, asked: 1 });
  });
});

describe("what a refused operation costs", () => {
  const ROW = { calls: ["connections.get"], opened: 0, meta: 0 } as const;
  let id = "";
  let numberId = "";
  beforeEach(async () => {
    const { id: wabaId } = world.meta.addWaba();
    numberId = world.meta.addNumber({ wabaId }).id;
    const accessToken = world.meta.addToken({ appId: world.app.id, wabaIds: [wabaId] });
    ({ id } = await world.wadesk.workspace("acme").connect("cloud-api", { phoneNumberId: numberId, wabaId, accessToken }));
    await world.wadesk.workspace("acme").operations("cloud-api", id).displayName();
  });
  const own = (workspaceId = "acme", of = id) => world.wadesk.workspace(workspaceId).operations("cloud-api", of);
  const refused = async (work: () => Promise<unknown>, code: string): Promise<Cost> =>
    costOf(async () => expect(await outcomeOf(work)).toMatchObject({ code }));

  it("is one read of the row where it is another workspace's, is none, or was disconnected: no secret is opened", async () => {
    for (const place of [() => own("evil"), () => own("acme", "con_none")]) {
      expect(await refused(() => place().raw("GET", `/${numberId}`), "connection_not_found")).toEqual(ROW);
      expect(await refused(() => place().setPin("123456"), "connection_not_found")).toEqual(ROW);
    }
    await world.wadesk.workspace("acme").disconnect(id);
    expect(await refused(() => own().raw("GET", `/${numberId}`), "not_connected")).toEqual(ROW);
  });

  it("is the number's own secret where what was given is wrong: nothing is asked of Meta, written or locked", async () => {
    for (const work of [
      () => own().raw("GET", "https://evil.example"),
      () => own().raw("POST", `/${numberId}`, { access_token: "x" }),
      () => own().setPin("12345"),
      () => own().verifyCode("x"),
      () => own().requestCode({ by: "pigeon" as never }),
      () => own().changeProfile({ about: "x".repeat(140) }),
    ]) {
      const { calls: made, opened, meta } = await refused(work, "input_invalid");
      expect([made.filter((call) => !/\.get$/.test(call)), meta]).toEqual([[], 0]);
      expect([made.length, opened]).toEqual([2, 1]);
    }
  });
});
