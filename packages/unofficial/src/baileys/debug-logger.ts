import type { Logger } from "@wadesk/core";
import type { BaileysLogger } from "./baileys.ts";

/** Whoever sees one of these sees a number, an address, a key or a message's id. */
const PRIVATE = /[\w+/=@.:-]*(?:\d{5,}|@)[\w+/=@.:-]*|[\w+/=-]{24,}|\{.*\}/gs;

/**
 * What Baileys logs, as lines of ours at `debug`: only its sentences, without what stands beside them and without whatever in them may be private. Baileys
 * itself would log keys and messages whole.
 */
export function debugLogger(log: Logger, about: object): BaileysLogger {
  const say = (level: string) => (first: unknown, second?: string) => {
    const sentence = typeof first === "string" ? first : second;
    if (sentence !== undefined) log.debug({ ...about, level }, `Baileys: ${sentence.replace(PRIVATE, "…")}`);
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
