import type { BaileysLogger } from "../baileys/baileys.ts";

/** What Baileys says when an answer has not come within its time. */
const SENTENCE = "timed out waiting for message";

/** Whether an error says that WhatsApp did not answer a question, and not that a frame was not written. */
export function isUnanswered(error: unknown): boolean {
  return error instanceof Error && unanswered.has(error);
}

const unanswered = new WeakSet<Error>();

/**
 * For Baileys 7.0.0-rc14, whose `query` answers `undefined` where WhatsApp did not answer in time, so that silence is read as "nobody", "none" or "done". It
 * says so to its logger before, inside of what the answer comes from; a logger that throws there makes `query` reject, with 408 as where a connection is lost.
 */
export function rejectTimeouts(logger: BaileysLogger): BaileysLogger {
  return {
    ...logger,
    warn(about: unknown, sentence?: string) {
      logger.warn(about, sentence);
      if (sentence !== SENTENCE) return;
      const error = Object.assign(new Error("WhatsApp did not answer in time"), { output: { statusCode: 408 } });
      unanswered.add(error);
      throw error;
    },
  };
}
