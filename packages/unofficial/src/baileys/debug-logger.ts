import type { Logger } from "@wadesk/core";
import type { BaileysLogger } from "./baileys.ts";

/** Whoever sees one of these sees a number, an address, a key or a message's id. */
const PRIVATE = /[\w+/=@.:-]*(?:\d{5,}|@)[\w+/=@.:-]*|[\w+/=-]{24,}|\{.*\}/gs;
/** A longer sentence has somebody else's words in it, and to look through them takes long. In characters. */
const LONGEST = 500;

/**
 * What Baileys logs, as lines of ours at `debug`: only its sentences, without what stands beside them and without whatever in them may be private. Baileys
 * itself would log keys and messages whole.
 */
export function debugLogger(log: Logger, about: object): BaileysLogger {
  const say = (level: string) => (first: unknown, second?: string) => {
    const sentence = typeof first === "string" ? first : second;
    if (sentence !== undefined) log.debug({ ...about, level }, `Baileys: ${withoutPrivate(sentence)}`);
  };
  const logger: BaileysLogger = {
    // at `debug` and below Baileys prepares whole stanzas for it
    level: "info",
    child: () => logger,
    trace: () => {},
    debug: () => {},
    info: say("info"),
    warn: say("warn"),
    error: say("error"),
  };
  return logger;
}

function withoutPrivate(sentence: string): string {
  return sentence.length > LONGEST ? "…" : sentence.replace(PRIVATE, "…");
}
