import type { SignupAnswer, SignupAttempt } from "@wadesk/core";
import { describe, expect, it } from "vitest";
import { type DatabasePlan, openStorage } from "./host/plan.ts";
import type { SignerPlan, SignerStep } from "./host/signer.ts";
import { openDatabase } from "./world/databases.ts";
import { openProcesses, type Processes, type RunningProgram } from "./world/host-process.ts";
import { NO_POSTGRES, WHY_SKIPPED } from "./world/postgres.ts";
import { storedText } from "./world/stored-text.ts";

const DATABASES: readonly DatabasePlan["kind"][] = NO_POSTGRES ? ["SQLite"] : ["SQLite", "PostgreSQL"];
const DAY_MS = 24 * 60 * 60 * 1000;
const WITH_PIN: SignupAnswer = { type: "choose_numbers", numbers: ["n1", "n3"] };
const PIN: SignupAnswer = { type: "pin", pin: "123456" };

/** A process in which people sign up. */
interface Signer {
  readonly program: RunningProgram;
  /** Takes a step, without waiting for what comes of it. */
  say(step: SignerStep): void;
  heard<Answer = SignupAttempt>(): Promise<Answer>;
  take<Answer = SignupAttempt>(step: SignerStep): Promise<Answer>;
  resume(id: string, answer?: SignupAnswer, workspace?: string): Promise<SignupAttempt & { readonly code?: string }>;
}

function startSigner(processes: Processes, plan: SignerPlan): Signer {
  const program = processes.start("signer.ts", plan);
  const say = (step: SignerStep): void => void program.child.stdin?.write(`${JSON.stringify(step)}\n`);
  const heard = async <Answer>(): Promise<Answer> => JSON.parse(await program.line()) as Answer;
  const take = <Answer>(step: SignerStep): Promise<Answer> => {
    say(step);
    return heard();
  };
  const resume = (id: string, answer?: SignupAnswer, workspace = "acme"): ReturnType<Signer["resume"]> =>
    take({ step: "resume", workspace, id, ...(answer && { answer }) });
  return { program, say, heard, take, resume };
}

/** A database in which an attempt stands at its first question, the process that took it there killed. */
async function afterTheDeath(kind: DatabasePlan["kind"]) {
  const { plan: database } = await openDatabase(kind);
  const processes = openProcesses();
  const first = startSigner(processes, { database });
  const { id, state } = await first.take<SignupAttempt & { readonly state: string }>({ step: "begin", workspace: "acme" });
  const asked = await first.take({ step: "finish", workspace: "acme", state, code: "code-1" });
  expect(asked).toMatchObject({ id, at: "question", question: { type: "choose_numbers" } });
  await first.program.kill();
  const another = (more: Partial<SignerPlan> = {}): Signer => startSigner(processes, { database, ...more });
  const phones = async (): Promise<readonly (string | undefined)[]> => {
    const storage = openStorage(database);
    const { items } = await storage.connections.list("acme", { channel: "echo" }, { limit: 10 });
    await storage.close();
    return items.map(({ phone }) => phone).toSorted();
  };
  return { id, state, database, another, phones };
}

const subscribed = async (...signers: Signer[]): Promise<readonly string[]> => {
  const calls = await Promise.all(signers.map((signer) => signer.take<string[]>({ step: "calls" })));
  return calls.flat().filter((call) => call.startsWith("subscribe"));
};

describe.each(DATABASES)(`a signup whose process was killed, on %s${WHY_SKIPPED}`, (kind) => {
  it("goes on in another from question to question, and makes one connection for each chosen number", async () => {
    const { id, another, phones } = await afterTheDeath(kind);
    const second = another();
    expect(await second.resume(id, WITH_PIN)).toMatchObject({ question: { type: "pin", number: { id: "n3" } } });
    await second.program.kill();
    const third = another();
    expect(await third.resume(id)).toMatchObject({ at: "question", question: { type: "pin" } });
    const done = await third.resume(id, PIN);
    expect(done.numbers.map(({ id: number, state }) => [number, state])).toEqual([
      ["n1", "connected"],
      ["n3", "connected"],
    ]);
    expect(await phones()).toEqual(["+111", "+333"]);
    expect(await subscribed(third)).toEqual(["subscribe +111", "subscribe +333"]);
  });

  it("goes on where it was killed in the middle of its numbers, and connects none of them twice", async () => {
    const { id, another, phones } = await afterTheDeath(kind);
    const second = another({ standsAt: "+222" });
    second.say({ step: "resume", workspace: "acme", id, answer: { type: "choose_numbers", numbers: ["n1", "n2"] } });
    expect(await second.heard()).toEqual({ standsAt: "+222" });
    await second.program.kill();
    const third = another();
    // what the dead one held is waited for, and what it began makes way
    const done = await third.resume(id);
    expect(done).toMatchObject({ at: "done", numbers: [{ state: "connected" }, { state: "connected" }] });
    expect(await phones()).toEqual(["+111", "+222"]);
    expect(await subscribed(third)).toEqual(["subscribe +222"]);
  });

  it("connects each number once when two processes answer at the same moment", async () => {
    const { id, another, phones } = await afterTheDeath(kind);
    const two = [another(), another()] as const;
    // both are up before either is asked
    await subscribed(...two);
    const answer: SignupAnswer = { type: "choose_numbers", numbers: ["n1", "n2"] };
    const answers = await Promise.all(two.map((signer) => signer.resume(id, answer)));
    expect(answers.map(({ at, code }) => code ?? at).toSorted()).toEqual(["done", "signup_out_of_turn"]);
    expect(await phones()).toEqual(["+111", "+222"]);
    expect((await subscribed(...two)).toSorted()).toEqual(["subscribe +111", "subscribe +222"]);
  });

  it("cannot be gone on with by another workspace", async () => {
    const { id, another, phones } = await afterTheDeath(kind);
    const second = another();
    expect(await second.resume(id, WITH_PIN, "rival")).toEqual({ code: "signup_not_found" });
    expect(await second.resume(id, PIN, "acme2")).toEqual({ code: "signup_not_found" });
    expect(await phones()).toEqual([]);
    expect(await second.resume(id)).toMatchObject({ at: "question", question: { type: "choose_numbers" } });
  });

  it("has ended 24 hours after it began, by the clock of the process that is asked", async () => {
    const { id, another } = await afterTheDeath(kind);
    expect(await another({ aheadMs: DAY_MS - 120_000 }).resume(id)).toMatchObject({ at: "question" });
    expect(await another({ aheadMs: DAY_MS }).resume(id, WITH_PIN)).toEqual({ code: "signup_not_found" });
  });

  it("leaves neither token nor state in the clear, in no byte of the database", async () => {
    const { id, state, database, another } = await afterTheDeath(kind);
    await another().resume(id, WITH_PIN);
    const text = await storedText(database);
    // it is there, and sealed
    expect(text).toContain(`signup/acme/${id}`);
    const [, secret = ""] = state.split(".");
    expect(secret.length).toBeGreaterThan(10);
    for (const clear of ["token-of-code-1", secret, "choose_numbers", "+333"]) expect(text).not.toContain(clear);
  });
});
