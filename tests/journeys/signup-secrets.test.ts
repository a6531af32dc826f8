import { prepareSignup, type SignupPage } from "@wadesk/cloud-api/browser";
import type { SignupAttempt } from "@wadesk/core";
import type { MetaFault } from "@wadesk/testing";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type DoorBrowser, doorBrowser } from "./world/door-browser.ts";
import { outcomeOf, rendered } from "./world/rendered.ts";
import { type SecretSearch, secretSearch } from "./world/secret-search.ts";
import { answerTo, openSignup, RETURN_ADDRESS, type SignupWorld, VERIFY_TOKEN } from "./world/signup-world.ts";

const PIN = "908172";
const NEW_PIN = "731946";
const OWN_TOKEN = "own-verify-7c1d55e0";

let world: SignupWorld;
let search: SecretSearch;
let texts: string[] = [];
let states: string[] = [];
let codes: string[] = [];
let sent: string[] = [];
beforeEach(() => {
  [texts, states, codes, sent] = [[], [], [], []];
  search = secretSearch();
  for (const method of ["debug", "info", "log", "warn", "error"] as const)
    vi.spyOn(console, method).mockImplementation((...values: unknown[]) => note(`console.${method}`, values));
  world = openSignup();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await world.meta.close();
});

function note(where: string, value: unknown): void {
  search.note(where, value);
  texts.push(rendered(value));
}

async function ask<Result>(where: string, call: () => Result): Promise<Awaited<Result>> {
  const outcome = await outcomeOf(call);
  note(where, outcome);
  return outcome as Awaited<Result>;
}

/** A browser at the door, of which everything is noted but what the begin of a dialog is to hand out. `leaky` logs as a careless host does. */
function browser(leaky = false): DoorBrowser {
  const answers: Promise<void>[] = [];
  const door = doorBrowser(
    world,
    (request) => {
      if (leaky) console.info(`${request.method} ${request.url}`);
      return { workspaceId: "acme", userId: "ana", role: "admin" };
    },
    (address, answer) => {
      note("headers of the door", [...answer.headers]);
      if (!address.endsWith("/begin")) answers.push(answer.text().then((text) => note("answer of the door", text)));
    },
  );
  return {
    ...door,
    async comeBack(address) {
      const told = await door.comeBack(address);
      await Promise.all(answers);
      return told;
    },
  };
}

function account(): string {
  const { id: wabaId } = world.meta.addWaba();
  world.meta.addNumber({ wabaId, verifiedName: "Locked", registered: false, pin: PIN });
  world.meta.addNumber({ wabaId, verifiedName: "Fresh", registered: false, codeVerificationStatus: "NOT_VERIFIED" });
  return wabaId;
}

// which calls send what a person typed in
const TYPED: Readonly<Record<string, readonly [secret: string, operation: NonNullable<MetaFault["operation"]>]>> = {
  verifyCode: [NEW_PIN, "POST /{Phone-Number-ID}/verify_code"],
  register: [PIN, "POST /{Phone-Number-ID}/register"],
  setPin: [NEW_PIN, "POST /{Phone-Number-ID}"],
  "raw write": [PIN, "POST /{Phone-Number-ID}/register"],
};

// Meta's own words repeat what they were given
const quoting = (...secrets: readonly string[]): MetaFault => ({ kind: "refused", code: 100, details: `Bad: ${secrets.join(" & ")}` });
const FAULTS: readonly MetaFault[] = [{ kind: "answer_lost" }, { kind: "connection_dropped" }, { kind: "server_error", envelope: false }];
const tokens = (): readonly string[] =>
  world.meta.exchanges.flatMap(({ request }) => /Bearer (EAA\w+)/.exec(request.headers.authorization ?? "")?.[1] ?? []);

async function answerAll(id: string): Promise<void> {
  const signup = world.signup();
  let attempt: SignupAttempt = await ask("attempt", () => signup.read(id));
  for (let turn = 0; turn < 30 && attempt.at !== "done"; turn += 1) {
    const { question } = attempt;
    const usual = question && answerTo(world.meta, question);
    const answer = usual?.type === "pin" ? { ...usual, pin: PIN } : usual;
    if (answer?.type === "verification_code") sent.push(answer.code);
    const typed = answer?.type === "verification_code" ? [answer.code] : answer?.type === "pin" ? [answer.pin] : [];
    const [token = ""] = tokens().slice(-1);
    world.meta.fault(quoting(token, world.app.secret, ...typed));
    await ask("a step that Meta refuses", () => signup.resume(id, answer));
    const { question: still } = await ask("attempt", () => signup.read(id));
    await ask("a step", () => signup.resume(id, still && answer));
    attempt = await ask("attempt", () => signup.read(id));
  }
  expect(attempt.at).toBe("done");
}

/** Goes through the dialog on Meta's own page, with every fault of the exchange before it comes through. */
async function byAddress(door: DoorBrowser): Promise<string> {
  const wabaId = account();
  for (const fault of [...FAULTS, "quoting", undefined] as const) {
    const { id, state, url } = await door.begin();
    const back = await world.press(url, [wabaId]);
    const code = back.searchParams.get("code") ?? "";
    states.push(state);
    codes.push(code);
    const details = quoting(code, world.app.secret, state);
    if (fault !== undefined) world.meta.fault({ ...(fault === "quoting" ? details : fault), operation: "GET /oauth/access_token" });
    note("the page's address", await door.comeBack(back));
    await door.comeBack(back);
    if (fault === undefined) return id;
  }
  return "";
}

/** Goes through the window, with the helper in a page of the host's; a page with a leaky script of its own logs what it hears. */
async function byHelper(door: DoorBrowser): Promise<string> {
  const wabaId = account();
  let code = "";
  const page = {
    location: { href: "https://chat.example.com/settings", origin: "https://chat.example.com", hostname: "chat.example.com" },
    document: { createElement: () => ({}), head: { append: () => undefined } },
    fetch: async (address: string, init: RequestInit) => {
      const answer = await door.call(address, init);
      if (address.endsWith("/begin")) states.push(((await answer.clone().json()) as { state: string }).state);
      return answer;
    },
    setTimeout: (work: () => void, milliseconds: number) => (milliseconds < 60_000 ? queueMicrotask(work) : undefined),
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    postMessage: (...values: unknown[]) => note("a message of the page", values),
    open: (...values: unknown[]) => note("a window", values),
    FB: {
      init: (settings: unknown) => note("Meta's script", settings),
      login(callback: (response: object) => void, options: unknown) {
        note("Meta's script", options);
        callback({ authResponse: { code } });
      },
    },
  } as unknown as SignupPage;
  const signup = await ask("the helper", () => prepareSignup({ page }));
  if (signup.outcome !== "ready") throw new Error(signup.text);
  for (const fault of [...FAULTS, undefined]) {
    code = await codeInWindow(wabaId);
    codes.push(code);
    if (fault !== undefined) world.meta.fault({ ...fault, operation: "GET /oauth/access_token" });
    await ask("the helper's outcome", () => signup.open());
  }
  return signup.id;
}

async function codeInWindow(wabaId: string): Promise<string> {
  const { opening } = await world.signup().begin({ door: "helper" });
  const { configId = "", appId = "" } = opening.type === "helper" ? opening.values : {};
  const arbiter = `https://www.facebook.com/x/connect/xd_arbiter/#${new URLSearchParams({ cb: "f1", origin: "https://chat.example.com" })}`;
  const query = { client_id: appId, config_id: configId, response_type: "code", override_default_response_type: "true", display: "popup" };
  const url = `https://www.facebook.com/v23.0/dialog/oauth?${new URLSearchParams({ ...query, redirect_uri: arbiter })}`;
  const answer = await world.meta.fetch(new Request(url, { method: "POST", body: `act=accept&wabaId=${wabaId}` }));
  return /code=(AQ\w+)/.exec(await answer.text())?.[1] ?? "";
}

/** Every operation of a number, each with every fault and with what is wrong; and a number with an app of its own. */
async function operate(): Promise<readonly string[]> {
  const [own, { id: wabaId }] = [world.meta.addApp(), world.meta.addWaba()];
  const { id: phoneNumberId } = world.meta.addNumber({ wabaId, pin: PIN });
  const accessToken = world.meta.addToken({ appId: own.id, wabaIds: [wabaId] });
  const input = { phoneNumberId, wabaId, accessToken, appId: own.id, appSecret: own.secret, verifyToken: OWN_TOKEN };
  const acme = world.wadesk.workspace("acme");
  for (const operation of ["GET /debug_token", "POST /{WABA-ID}/subscribed_apps"] as const) {
    world.meta.fault({ ...quoting(accessToken, own.secret, OWN_TOKEN), operation });
    await ask("connecting that Meta refuses", () => acme.connect("cloud-api", input));
  }
  const { id } = await ask("connected", () => acme.connect("cloud-api", input));
  const each = acme.operations("cloud-api", id);
  const work: Readonly<Record<string, () => Promise<unknown>>> = {
    requestCode: () => each.requestCode(),
    verifyCode: () => each.verifyCode(NEW_PIN),
    register: () => each.register({ pin: PIN }),
    setPin: () => each.setPin(NEW_PIN),
    displayName: () => each.displayName(),
    profile: () => each.profile(),
    changeProfile: () => each.changeProfile({ about: "Bread" }),
    subscribeMessages: () => each.subscribeMessages(),
    deregister: () => each.deregister(),
    "raw read": () => each.raw("GET", `/${phoneNumberId}`),
    "raw write": () => each.raw("POST", `/${phoneNumberId}/register`, { messaging_product: "whatsapp", pin: PIN }),
    "raw with a token": () => each.raw("GET", `/me?access_token=${accessToken}`),
    "raw elsewhere": () => each.raw("GET", `https://evil.example/${accessToken}`),
    "a secret for a name": () => each.register({ [own.secret]: PIN } as never),
    check: () => acme.check(id),
  };
  for (const [name, call] of Object.entries(work)) {
    const [typed = "", operation] = TYPED[name] ?? [];
    const quote = { ...quoting(accessToken, own.secret, OWN_TOKEN, typed), ...(operation && { operation }) };
    for (const fault of [...FAULTS, quote, undefined]) {
      const striking = fault && world.meta.fault({ ...fault, times: 9 });
      await ask(`${name} with ${fault?.kind ?? "nothing wrong"}`, call);
      striking?.end();
    }
  }
  await ask("get", () => acme.get(id));
  return [accessToken, own.secret];
}

async function found(leaky: boolean): Promise<readonly string[]> {
  for (const [walk, at] of [
    [byAddress, "address"],
    [byHelper, "helper"],
  ] as const) {
    const id = await walk(browser(leaky));
    await answerAll(id);
    note(at, await world.signup().read(id));
  }
  const [ownToken = "", ownSecret = ""] = await operate();
  note("the log", world.lines);
  note("the client", [world.wadesk, world.wadesk.workspace("acme"), await world.wadesk.workspace("acme").list()]);
  expect([codes.every((code) => /^AQ\w{20}/.test(code)), new Set(codes).size, new Set(tokens()).size > 2]).toEqual([true, 9, true]);
  const all = {
    ...Object.fromEntries(codes.map((code, index) => [`code ${index}`, code])),
    ...Object.fromEntries(states.map((state, index) => [`state ${index}`, state.split(".")[1] ?? ""])),
    ...Object.fromEntries([...new Set(tokens())].map((token, index) => [`token ${index}`, token])),
    "the App Secret": world.app.secret,
    "the verify token": VERIFY_TOKEN,
    "the token of an own app": ownToken,
    "the secret of an own app": ownSecret,
    "the verify token of an own app": OWN_TOKEN,
  };
  // six digits have no half that says anything
  const digits = { PIN, NEW_PIN, ...Object.fromEntries(sent.map((code) => ["a code that was sent", code])) };
  const pins = Object.entries(digits).flatMap(([name, pin]) => (texts.some((text) => text.includes(pin)) ? [name] : []));
  expect(sent.length).toBeGreaterThan(1);
  return [...search.find(all), ...pins];
}

it("by neither door and in no operation is a code, state, secret, token or PIN logged, thrown, shown, or in an address or a header", async () => {
  expect(await found(false)).toEqual([]);
  expect(search.size).toBeGreaterThan(150);
});

it("a host that logs the addresses it is called by is found out: code and state stand there", async () => {
  const planted = await found(true);
  expect(planted.length).toBeGreaterThan(0);
  expect(planted.every((each) => /^(code|state) \d+ in console\.info$/.test(each))).toBe(true);
});

it("the way back has no page of ours: it leads on at once, keeps nothing, and tells no referrer", async () => {
  const door = browser();
  const { state } = await door.begin();
  const answer = await door.call(`${RETURN_ADDRESS}?state=${state}&code=AQ00`);
  const headers = Object.fromEntries(answer.headers);
  expect([answer.status, await answer.text()]).toEqual([303, ""]);
  expect(headers).toMatchObject({ "referrer-policy": "no-referrer", "cache-control": "no-store" });
  expect(headers.location).not.toMatch(/code=|state=/);
});
