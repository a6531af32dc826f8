import { inspect } from "node:util";
import { type AnyChannel, isWadeskError, type SignupAnswer, type SignupQuestion } from "@wadesk/core";
import type { SignupBeginContext, SignupFinishContext, SignupTurn } from "@wadesk/core/ports";
import { describe, expect, it } from "vitest";
import { recordingLogger } from "../recording-logger.ts";

/** A channel whose signup is under test, with a vendor that knows one account. `channel` makes a fresh one each time, as another process would. */
export interface SignupUnderTest {
  /** The channel itself. */
  readonly channel: () => AnyChannel;
  /** Reaches the vendor, or its fake. */
  readonly fetch: typeof fetch;
  /** A code that the vendor takes, made anew each time, and one that it refuses. */
  readonly code: () => string;
  /** A code that the vendor refuses. */
  readonly refusedCode: string;
  /** What a person answers to a question. */
  readonly answer: (question: SignupQuestion) => SignupAnswer;
  /** The texts that must never show, such as the token that the vendor gives for the code. */
  readonly secrets: readonly string[];
}

/** One promise of a signup. Rejects where it is broken. */
export type SignupPromise = (world: SignupUnderTest) => Promise<void>;

const STATE = "sgn_1.5b8f0d6c";
const LONGEST = 10;

/** What every signup promises, one by one, for those who ask in a way of their own. */
export const signupPromises: Readonly<Record<string, SignupPromise>> = {
  "opens the dialog with the state by which the code comes back": async (world) => {
    const { opening } = await begin(world);
    const shown = opening.type === "url" ? [...new URL(opening.url).searchParams.values()] : Object.values(opening.values);
    expect(shown).toContain(STATE);
  },
  "refuses a code that the vendor refuses, with a code of ours and no secret": async (world) => {
    const { kept } = await begin(world);
    const { context } = contextOf(world);
    const error = await signupIn(world)
      .finish(world.refusedCode, kept, context)
      .then(undefined, (refusal: unknown) => refusal);
    expect(isWadeskError(error)).toBe(true);
    expectNoSecret(world, error);
  },
  "holds nothing between two calls: another process goes on with what was kept": async (world) => {
    const { turns } = await walk(world);
    expect(turns.at(-1)).toHaveProperty("connect");
  },
  "shows no secret in a question, a check or an opening": async (world) => {
    const { turns, checks, opening } = await walk(world);
    expectNoSecret(world, [
      turns.map((turn) => ("question" in turn ? turn.question : turn.connect.map(({ id, label }) => [id, label]))),
      checks,
      opening,
    ]);
  },
  "ends each check that it began": async (world) => {
    const { checks } = await walk(world);
    expect(endsOf(checks).filter(([, state]) => state !== "passed")).toEqual([]);
  },
  "ends each check that it began when the vendor refuses, too: a screen would show it for a day": async (world) => {
    const { kept } = await begin(world);
    const { context, checks } = contextOf(world);
    await signupIn(world)
      .finish(world.refusedCode, kept, context)
      .catch(() => undefined);
    expect(endsOf(checks).filter(([, state]) => state === "running")).toEqual([]);
  },
  "asks for numbers by ids of which no two are the same": async (world) => {
    for (const turn of (await walk(world)).turns) {
      if (!("question" in turn) || turn.question.type !== "choose_numbers") continue;
      const ids = turn.question.numbers.map(({ id }) => id);
      expect([ids.length > 0, new Set(ids).size]).toEqual([true, ids.length]);
    }
  },
  "answers what each chosen number is connected with, and no other number": async (world) => {
    const { turns, chosen } = await walk(world);
    const connected = turns.flatMap((turn) => ("connect" in turn ? turn.connect.map(({ id }) => id) : []));
    expect(connected.length).toBeGreaterThan(0);
    if (chosen !== undefined) expect(connected.toSorted()).toEqual([...chosen].sort());
  },
  "answers inputs that the channel's own connect takes, as plain JSON": async (world) => {
    const { turns } = await walk(world);
    for (const { input } of turns.flatMap((turn) => ("connect" in turn ? turn.connect : []))) {
      expect(JSON.parse(JSON.stringify(input))).toEqual(input);
      expect(await world.channel().input["~standard"].validate(input)).not.toHaveProperty("issues");
    }
  },
};

/** What every signup promises core. Call it once from the channel's own test file; `open` makes a fresh vendor each time. */
export function signupContract(name: string, open: () => Promise<SignupUnderTest>): void {
  describe(`${name} keeps the signup contract`, () => {
    it.each(Object.entries(signupPromises))("%s", async (_promise, holds) => holds(await open()));
  });
}

/** Everything that came up from the begin to the numbers. */
interface Walk {
  readonly opening: unknown;
  readonly turns: readonly SignupTurn<unknown>[];
  readonly checks: readonly { readonly name: string; readonly state: string }[];
  readonly chosen: readonly string[] | undefined;
}

// each call finds a channel made anew, and what was kept as JSON
async function walk(world: SignupUnderTest): Promise<Walk> {
  const { opening, kept } = await begin(world);
  const { context, checks } = contextOf(world);
  let chosen: readonly string[] | undefined;
  let turn = await signupIn(world).finish(world.code(), asJson(kept), context);
  const turns = [turn];
  while ("question" in turn && turns.length < LONGEST) {
    const answer = world.answer(turn.question);
    if (answer.type === "choose_numbers") chosen = answer.numbers;
    turn = await signupIn(world).resume(answer, turn.question, asJson(turn.kept), context);
    turns.push(turn);
  }
  return { opening, turns, checks, chosen };
}

function endsOf(checks: Walk["checks"]): readonly (readonly [name: string, state: string])[] {
  return [...new Map(checks.map(({ name, state }) => [name, state]))];
}

async function begin(world: SignupUnderTest): ReturnType<NonNullable<AnyChannel["signup"]>["begin"]> {
  return signupIn(world).begin(STATE, contextOf(world).context);
}

function signupIn({ channel }: SignupUnderTest): NonNullable<AnyChannel["signup"]> {
  const { signup } = channel();
  if (signup === undefined) throw new Error("the channel has no signup");
  return signup;
}

function contextOf(world: SignupUnderTest): {
  readonly context: SignupBeginContext<unknown> & SignupFinishContext<unknown>;
  readonly checks: { name: string; state: string }[];
} {
  const checks: { name: string; state: string }[] = [];
  const context: SignupBeginContext<unknown> & SignupFinishContext<unknown> = {
    settings: async () => world.channel().settings.defaults as unknown,
    publicUrl: new URL("https://chat.example.com"),
    publicAddress: "https://chat.example.com",
    fetch: world.fetch,
    now: () => 1_700_000_000_000,
    log: recordingLogger().log,
    workspaceId: "acme",
    check: async (check) => void checks.push(check),
    keep: async () => {},
    holderOf: async () => undefined,
    wish: {},
    told: {},
  };
  return { context, checks };
}

function asJson(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

function expectNoSecret({ secrets }: SignupUnderTest, shown: unknown): void {
  const text = inspect(shown, { depth: 20, showHidden: true });
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
}
