import { type ChildProcess, fork } from "node:child_process";

interface Question {
  readonly ask: number;
  readonly task: unknown;
}

interface Answer {
  readonly to: number;
  readonly result?: unknown;
  readonly error?: string;
}

/** Two processes that ask each other. */
export interface Dialogue {
  ask(task: unknown): Promise<unknown>;
  /** Rejects what was not answered. */
  over(reason: string): void;
}

type Perform = (task: never) => Promise<unknown>;

/** The own end of a dialogue. `perform` does what the other end asks. */
export function dialogue(port: Pick<ChildProcess, "on" | "send">, perform: Perform): Dialogue {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let last = 0;
  port.on("message", async (message: Question | Answer) => {
    if ("ask" in message) {
      const { ask: to } = message;
      const answer = await perform(message.task as never).then(
        (result): Answer => ({ to, result }),
        (error: unknown): Answer => ({ to, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      );
      port.send(answer);
      return;
    }
    const question = waiting.get(message.to);
    waiting.delete(message.to);
    if (message.error === undefined) question?.resolve(message.result);
    else question?.reject(new Error(message.error));
  });
  return {
    ask(task) {
      last += 1;
      const question = Promise.withResolvers<unknown>();
      waiting.set(last, question);
      port.send({ ask: last, task } satisfies Question);
      return question.promise;
    },
    over(reason) {
      for (const question of waiting.values()) question.reject(new Error(reason));
      waiting.clear();
    },
  };
}

/** A process that is asked. */
export interface Asked<Task> {
  ask(task: Task): Promise<unknown>;
  /** Has it end by itself. */
  end(): Promise<void>;
}

/** Starts a program, which is told its plan and asked; it may ask back. Resolves when it listens. `flags` are Node's. */
export async function startAsked<Task>(
  program: string,
  plan: unknown,
  perform: Perform,
  flags: readonly string[] = [],
): Promise<Asked<Task>> {
  const profile = process.env.BENCH_PROFILE;
  const profiling = profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`];
  const child = fork(program, [JSON.stringify(plan)], { execArgv: ["--expose-gc", ...profiling, ...flags] });
  const talk = dialogue(child, perform);
  const ended = new Promise<void>((resolve) => void child.once("exit", () => resolve()));
  child.once("exit", (code) => talk.over(`${program} ended with ${code}`));
  await talk.ask("ready");
  return {
    ask: (task) => talk.ask(task),
    async end() {
      await talk.ask({ kind: "end" });
      child.disconnect();
      await ended;
    },
  };
}
