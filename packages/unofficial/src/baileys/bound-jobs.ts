import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";

type Job = () => Promise<unknown>;

/** What of libsignal encrypts and decrypts for one address, a job at a time. */
interface SessionCipher {
  queueJob(job: Job): Promise<unknown>;
}

// on the copy itself, where another copy of this package finds it
const BOUND = Symbol.for("@wadesk/unofficial bound jobs");

/**
 * For libsignal 6.0.0, which keeps one queue for an address in a whole process, and runs what waits there as if whoever came first had called it. Two numbers that
 * talk with the same person at once share that queue: one of them would not find its own transaction, and store its ratchet apart from its message. Here each job
 * runs as the one who asked for it. `pathOfBaileys` says below which file the copy lies.
 */
export function bindJobs(pathOfBaileys: () => string): void {
  try {
    const { SessionCipher } = createRequire(pathOfBaileys())("libsignal") as {
      readonly SessionCipher: { readonly prototype: SessionCipher };
    };
    const { prototype } = SessionCipher;
    const queueJob: unknown = prototype.queueJob;
    if (typeof queueJob !== "function" || Reflect.get(prototype, BOUND) === true) return;
    prototype.queueJob = function (this: SessionCipher, job: Job): Promise<unknown> {
      return Reflect.apply(queueJob, this, [AsyncLocalStorage.bind(job)]) as Promise<unknown>;
    };
    Object.defineProperty(prototype, BOUND, { value: true });
  } catch {
    // loading Baileys says what is missing
  }
}
