import { createWadesk, isWadeskError, memoryStorage, type Wadesk } from "@wadesk/core";
import { manualClock, recordingLogger } from "@wadesk/testing";
import { createWebhookHandler } from "@wadesk/webhooks";
import { beforeEach, describe, expect, it } from "vitest";
import { type EchoAppsChannel, echoApps } from "./world/echo-apps.ts";
import { ECHO_HEADER } from "./world/echo-channel.ts";
import { ENCRYPTION_KEYS } from "./world/open-world.ts";
import { outcomeOf } from "./world/rendered.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const CHOSEN = { type: "choose_numbers", numbers: ["n1"] } as const;
const CODE = { type: "verification_code", code: "123456" } as const;

let time: ReturnType<typeof manualClock>;
let wadesk: Wadesk<EchoAppsChannel>;
let lines: ReturnType<typeof recordingLogger>["lines"];
beforeEach(() => {
  time = manualClock();
  const recorder = recordingLogger();
  lines = recorder.lines;
  wadesk = createWadesk({
    channels: [echoApps()],
    storage: memoryStorage({ now: time.now }),
    encryptionKeys: ENCRYPTION_KEYS,
    clock: time.clock,
    log: recorder.log,
  });
});

const signup = (workspace = "acme", userId = "ana") => wadesk.workspace(workspace).signup("echo", { userId });

/** An attempt that stands at its first question, gone on with by these answers. */
async function attempt(...answers: Parameters<ReturnType<typeof signup>["resume"]>[1][]): Promise<string> {
  const { id, state } = await signup().begin();
  await signup().finish(state, "code-1");
  for (const answer of answers) await signup().resume(id, answer);
  return id;
}

async function expectRefused(call: () => unknown, code: string, field: string, message: string): Promise<void> {
  const outcome = await outcomeOf(call);
  expect(outcome).toMatchObject({ code, remedy: "change-request" });
  expect(isWadeskError(outcome) && outcome.issues).toContainEqual(
    expect.objectContaining({ field, code: expect.stringMatching(/^(?!invalid$)[a-z_]+$/), message: expect.stringContaining(message) }),
  );
}

describe("a signup that is gone on with by mistake", () => {
  it("says which answer it waits for", async () => {
    const id = await attempt();
    await expectRefused(() => signup().resume(id, CODE), "signup_out_of_turn", "answer.type", "must be choose_numbers");
    await expectRefused(
      () => signup().resume(id, { type: "choose_number" } as never),
      "input_invalid",
      "answer.type",
      "did you mean choose_numbers?",
    );
    const later = await attempt(CHOSEN);
    await expectRefused(() => signup().resume(later, CHOSEN), "signup_out_of_turn", "answer.type", "must be verification_code");
  });

  it("says which part of an answer is wrong", async () => {
    const id = await attempt();
    const twice = { type: "choose_numbers", numbers: ["n1", "n7"] } as const;
    await expectRefused(() => signup().resume(id, twice), "input_invalid", "answer.numbers.1", "one of the numbers that were offered");
    const misspelt = { type: "choose_numbers", number: ["n1"] } as never;
    await expectRefused(() => signup().resume(id, misspelt), "input_invalid", "answer.number", "did you mean numbers?");
  });

  it("says that nothing is asked any more, or not yet", async () => {
    const done = await attempt(CHOSEN, CODE);
    await expectRefused(() => signup().resume(done, CODE), "signup_out_of_turn", "answer", "the signup is done");
    const { id } = await signup().begin();
    await expectRefused(() => signup().resume(id, CHOSEN), "signup_out_of_turn", "answer", "finish()");
  });

  it("is not found once it has ended, and under a workspace, a user or an id typed wrong; all are told the same", async () => {
    const id = await attempt();
    const fix = "begin anew";
    await expectRefused(() => signup("acmee").resume(id, CHOSEN), "signup_not_found", "id", fix);
    await expectRefused(() => signup("acme", "anna").read(id), "signup_not_found", "id", fix);
    await expectRefused(() => signup().cancel(`${id}x`), "signup_not_found", "id", fix);
    await expectRefused(() => signup().finish(`${id}.x`, "code-1"), "signup_not_found", "state", fix);
    await time.advance(DAY_MS);
    await expectRefused(() => signup().resume(id, CHOSEN), "signup_not_found", "id", fix);
  });
});

describe("a cursor of another workspace", () => {
  it("is refused by a list and by what changed since, and says to begin anew", async () => {
    const [acme, rival] = [wadesk.workspace("acme"), wadesk.workspace("rival")];
    for (const each of [acme, rival]) {
      for (const number of ["1", "2", "3"]) await each.connect("echo", { number: `${each.id} ${number}`, token: "tok", app: "eu" });
    }
    const { next = "", changes } = await acme.list({ limit: 2 });
    expect((await acme.list({ cursor: next })).items).toHaveLength(1);
    await expectRefused(() => rival.list({ cursor: next }), "input_invalid", "cursor", "of another workspace; leave it out");
    const { cursor } = await acme.changedSince(changes);
    for (const given of [changes, cursor]) {
      await expectRefused(
        () => rival.changedSince(given),
        "input_invalid",
        "cursor",
        "of another workspace; list the connections of this one",
      );
    }
  });
});

describe("settings of groups that are typed wrong", () => {
  const change = (values: object) => wadesk.settings.change("echo", values as never);
  beforeEach(() => change({ apps: { europe: { secrets: { add: "secret-of-europe" } } } }));

  it.each([
    ["a name that is none", { apps: { "eu west": { secrets: { add: "x" } } } }, "apps.?", "1 to 40 letters, digits, - and _"],
    ["a field beside the groups", { app: { europe: { secrets: { add: "x" } } } }, "app", "did you mean apps?"],
    ["a misspelt group that is removed", { apps: { euorpe: false } }, "apps.euorpe", "did you mean europe?"],
    ["a secret in place of its id", { apps: { europe: { secrets: { retire: "x" } } } }, "apps.europe.secrets", "the id of a secret"],
    ["a secret given as it is", { apps: { europe: { secrets: "x" } } }, "apps.europe.secrets", "give { add: secret }"],
    ["a group in place of all", { apps: "europe" }, "apps", "under the name of its group"],
  ])("are refused by the field: %s", async (_what, values, field, message) => {
    await expectRefused(() => change(values), "input_invalid", field, message);
    expect(Object.keys((await wadesk.settings.read("echo")).apps)).toEqual(["europe"]);
  });

  it("are told of when a misspelt name makes a new group", async () => {
    const { notes } = await change({ apps: { euorpe: { secrets: { add: "another" } } } });
    expect(notes).toMatchObject([
      {
        code: "group_new",
        values: { field: "apps.euorpe", nearest: "europe" },
        text: expect.stringMatching(/if europe was meant, remove euorpe/),
      },
    ]);
    expect((await change({ apps: { asia: { secrets: { add: "another" } } } })).notes).toEqual([]);
    expect((await change({ apps: { asia2: { secrets: { add: "another" } } } })).notes).toEqual([]);
  });
});

describe("a path with an app that nobody has", () => {
  it("is answered as a wrong secret is, counted as refused, and named at debug alone", async () => {
    await wadesk.settings.change("echo", { apps: { eu: { secrets: { add: "secret-of-eu" } } } });
    const handler = createWebhookHandler(wadesk);
    const post = async (app: string): Promise<readonly [number, unknown]> => {
      const headers = { [ECHO_HEADER]: "a guess" };
      const answer = await handler(new Request(`https://chat.example.com/webhooks/echo/${app}`, { method: "POST", body: "{}", headers }));
      return [answer.status, await answer.json()];
    };
    const wrong = await post("eu");
    const before = lines.length;
    expect(await post("ue")).toEqual(wrong);
    expect(wrong).toMatchObject([401, { error: { code: "signature_invalid" } }]);
    expect(handler.counts().refused).toEqual({ signature_invalid: 2 });
    expect(lines.slice(before)).toMatchObject([{ level: "debug", message: expect.stringContaining("to a name that nobody has") }]);
  });
});

describe("a probe that is asked for wrongly", () => {
  it.each([
    [() => wadesk.settings.probe("ecko" as "echo"), "channel_not_installed"],
    [() => wadesk.settings.probe("echo", { within: 5 } as never), "input_invalid"],
  ])("says what is wrong", async (call, code) => {
    await expect(call()).rejects.toMatchObject({ code });
  });
});
