import type { Signup } from "../api/signup.ts";
import { channelContext } from "../connections/contexts.ts";
import type { Engine } from "../engine/engine.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import { invalid, invalidField, issueOf } from "../fields/invalid.ts";
import type { SignupAnswer, SignupCheck, SignupContext, SignupTurn } from "../ports/signup.ts";
import type { Fence } from "../ports/stores/record-store.ts";
import { messageOf } from "../runtime/live.ts";
import { signupNamespace } from "../vault/signup-places.ts";
import { connectNumbers, type Followed } from "./connect-numbers.ts";
import { readAnswer, readTold, readWish } from "./read-answer.ts";
import type { SignupPlace } from "./read-place.ts";
import {
  forgetAttempt,
  readAttempt,
  type StoredAttempt,
  type StoredNumber,
  shownAttempt,
  shownNow,
  writeAttempt,
} from "./stored-attempt.ts";

const LIFE_MS = 24 * 60 * 60 * 1000;
/** For so long a dialog may take: a state that lies about is good for nothing. */
const CODE_WITHIN_MS = 15 * 60 * 1000;

/** The signups of one user of a workspace by one channel. */
export function createSignup(engine: Engine, workspaceId: string, { kind, signup, userId }: SignupPlace): Signup {
  const find = async (id: string, field = "id"): Promise<StoredAttempt> => {
    if (typeof id !== "string" || id === "") throw invalidField("id", "give the id of a signup", "required");
    const attempt = await readAttempt(engine, { workspaceId, kind, id });
    if (attempt?.userId !== userId) throw neverBegun(field);
    return attempt;
  };
  const during = <Result>(id: string, work: (fence: Fence) => Promise<Result>): Promise<Result> =>
    engine.locks.during(signupNamespace(workspaceId, id), work);
  const goOn = async (attempt: StoredAttempt, turn: SignupTurn<unknown>, fence: Fence): Promise<StoredAttempt> => {
    const { question: _asked, kept: _kept, ...rest } = attempt;
    if ("question" in turn) {
      const next: StoredAttempt = { ...rest, at: "question", question: turn.question, kept: turn.kept };
      await writeAttempt(engine, next, fence);
      return next;
    }
    const numbers = turn.connect.map((number) => ({ ...number, state: "waiting" as const }));
    const next: StoredAttempt = { ...rest, at: "connecting", numbers };
    await writeAttempt(engine, next, fence);
    return connectAll(next, fence);
  };
  const connectAll = (attempt: StoredAttempt, fence: Fence): Promise<StoredAttempt> =>
    connectNumbers(engine, attempt, {
      save: (saved) => writeAttempt(engine, saved, fence),
      ...(signup.connected && { follow: (number, now) => follow(number, openStep(engine, now, fence, keptOf(number.id))) }),
    });
  const follow = async (number: StoredNumber, { context, attempt }: Step): Promise<Followed> => {
    const told = (): Followed => ({ checks: attempt().checks, kept: attempt().numbers.find(({ id }) => id === number.id)?.kept });
    try {
      await signup.connected?.({ ...number, input: number.input }, context);
      return told();
    } catch (error) {
      return { ...told(), error };
    }
  };
  const step = (attempt: StoredAttempt, fence?: Fence): Step => openStep(engine, attempt, fence);

  return {
    async begin(given) {
      const wish = readWish(given);
      const id = `sgn_${engine.runtime.randomId()}`;
      const state = `${id}.${engine.runtime.randomId()}`;
      const createdAt = engine.time.now();
      const place = { id, kind, workspaceId, userId, stateDigest: await digestOf(state) };
      const blank: StoredAttempt = { ...place, at: "code", checks: [], numbers: [], createdAt, expiresAt: createdAt + LIFE_MS };
      return during(id, async (fence) => {
        const { context, attempt } = step(blank);
        const { opening, kept } = await signup.begin(state, { ...context, wish });
        const begun = { ...attempt(), kept };
        await writeAttempt(engine, begun, fence);
        return { ...shownAttempt(begun), opening, state };
      });
    },
    async finish(state, code, given) {
      const told = readTold(given);
      const id = idOf(state);
      const text = typeof code === "string" ? code.trim() : "";
      if (text === "") throw invalidField("code", "give the code that the dialog ended with", "required");
      const digest = await digestOf(state);
      // before the lock: a stranger's must not make one of every name
      await find(id, "state");
      return during(id, async (fence) => {
        const found = await find(id, "state");
        if (found.stateDigest !== digest) throw neverBegun("state");
        if (found.at !== "code") return shownNow(engine, found);
        if (engine.time.now() >= found.createdAt + CODE_WITHIN_MS) throw tooLate();
        const { context, attempt } = step(found, fence);
        const turn = await signup.finish(text, found.kept, { ...context, told });
        return shownNow(engine, await goOn(attempt(), turn, fence));
      });
    },
    async resume(id, answer) {
      await find(id);
      return during(id, async (fence) => shownNow(engine, await resumed(await find(id), answer, fence)));
    },
    read: async (id) => shownNow(engine, await find(id)),
    async cancel(id) {
      await find(id);
      await during(id, async (fence) => {
        const found = await find(id);
        const { context } = step(found, fence);
        // once numbers were chosen, what it held is theirs
        const undo = found.at !== "connecting" && found.at !== "done" ? signup.cancel?.(found.kept, context) : undefined;
        await undo?.catch((error: unknown) => {
          engine.runtime.log.warn({ signup: id, channel: kind, reason: messageOf(error) }, "a signup could not be undone at the provider");
        });
        await forgetAttempt(engine, found, fence);
      });
    },
  };

  async function resumed(found: StoredAttempt, answer: SignupAnswer | undefined, fence: Fence): Promise<StoredAttempt> {
    const { question } = found;
    if (question !== undefined) {
      if (answer === undefined) return found;
      const read = readAnswer(question, answer);
      const { context, attempt } = step(found, fence);
      const turn = await signup.resume(read, question, found.kept, context);
      return goOn(attempt(), turn, fence);
    }
    if (answer !== undefined) throw invalid([issueOf("answer", "conflicts", NOTHING_ASKED[found.at])], "signup_out_of_turn");
    if (found.at === "code") return found;
    if (found.at !== "working") return connectAll(found, fence);
    const { context, attempt } = step(found, fence);
    if (signup.goOn === undefined) throw new WadeskError("signup_out_of_turn");
    const turn = await signup.goOn(found.kept, context);
    return goOn(attempt(), turn, fence);
  }
}

/** One step of an attempt: what the channel has for it, and the attempt with the checks that it has made. */
interface Step {
  readonly context: SignupContext<unknown>;
  readonly attempt: () => StoredAttempt;
}

type Keep = (attempt: StoredAttempt, kept: unknown) => StoredAttempt;

// what a channel keeps is the attempt's, which goes on from there
function keptOfAttempt({ question: _asked, ...rest }: StoredAttempt, kept: unknown): StoredAttempt {
  return { ...rest, at: "working", kept };
}

// or one number's, once it is connected
function keptOf(id: string): Keep {
  return (attempt, kept) => ({ ...attempt, numbers: attempt.numbers.map((number) => (number.id === id ? { ...number, kept } : number)) });
}

function openStep(engine: Engine, begun: StoredAttempt, fence: Fence | undefined, keeping: Keep = keptOfAttempt): Step {
  let attempt = begun;
  const context: SignupContext<unknown> = {
    ...channelContext(engine, begun.kind),
    workspaceId: begun.workspaceId,
    async check(check: SignupCheck) {
      attempt = { ...attempt, checks: [...attempt.checks.filter(({ name }) => name !== check.name), check] };
      // one that is being begun is not there until it has begun
      if (fence !== undefined) await writeAttempt(engine, attempt, fence);
    },
    async keep(kept) {
      attempt = keeping(attempt, kept);
      if (fence !== undefined) await writeAttempt(engine, attempt, fence);
    },
    async holderOf(route) {
      const owner = await engine.storage.connections.byRoute(route);
      if (owner?.connectedAt === undefined) return undefined;
      return owner.workspaceId === begun.workspaceId ? "here" : "elsewhere";
    },
  };
  return { context, attempt: () => attempt };
}

const NOTHING_ASKED: Readonly<Record<StoredAttempt["at"], string>> = {
  working: "is not asked for now: leave it out to go on where a step has failed",
  code: "comes too early: give the code of the dialog to finish() first",
  question: "is asked for otherwise",
  connecting: "is not asked for any more: its numbers are being connected; leave it out to go on with them",
  done: "is not asked for any more: the signup is done; leave it out to try numbers that failed again",
};

function tooLate(): WadeskError {
  return invalid([issueOf("state", "unusable", "has ended: the dialog took longer than 15 minutes; begin anew")], "signup_not_found");
}

// the same of one that is another's, so that nobody learns which ids there are
function neverBegun(field: string): WadeskError {
  return new WadeskError("signup_not_found", {
    issues: [issueOf(field, "not_found", "is of no signup of this user on this channel in this workspace; begin anew")],
  });
}

function idOf(state: unknown): string {
  if (typeof state !== "string" || state === "") throw invalidField("state", "give the state that came back with the code", "required");
  const end = state.lastIndexOf(".");
  if (end <= 0) throw neverBegun("state");
  return state.slice(0, end);
}

// compared in place of the text, so that the time tells nothing of it
async function digestOf(state: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(state));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}
