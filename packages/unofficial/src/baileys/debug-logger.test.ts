import { recordingLogger } from "@wadesk/testing";
import { expect, it } from "vitest";
import { debugLogger } from "./debug-logger.ts";

it("tells Baileys' sentences at debug, with nothing of what stands beside them", () => {
  const { log, lines } = recordingLogger();
  const logger = debugLogger(log, { connectionId: "con_1" });
  logger.info({ node: { key: "secret" } }, "opened connection to WA");
  logger.child({ stream: "in" }).error({ err: new Error("15550001111") }, "unexpected error in 'processing message'");
  logger.warn("a sentence alone");
  logger.debug({ frame: "secret" }, "communication recv");
  logger.trace({ xml: "secret" }, "recv xml");
  logger.info({ only: "secret" });
  expect(lines).toEqual([
    { level: "debug", data: { connectionId: "con_1", level: "info" }, message: "Baileys: opened connection to WA" },
    { level: "debug", data: { connectionId: "con_1", level: "error" }, message: "Baileys: unexpected error in 'processing message'" },
    { level: "debug", data: { connectionId: "con_1", level: "warn" }, message: "Baileys: a sentence alone" },
  ]);
});

it.each([
  ["a number", "failed for 15550001111 twice", "failed for … twice"],
  ["an address", "no session for 123:4@lid", "no session for …"],
  ["a message's id", "retry of 3EB0A1B2C3D4E5F6A1B2C3D4 asked", "retry of … asked"],
  ["a key", "sent AbCdEf+/GhIjKlMnOpQrStUvWxYz0= there", "sent … there"],
  ["a stanza", 'offline preview {"tag":"ib",\n"attrs":{}}', "offline preview …"],
])("hides %s in a sentence", (_what, sentence, shown) => {
  const { log, lines } = recordingLogger();
  debugLogger(log, {}).info(sentence);
  expect(lines.map(({ message }) => message)).toEqual([`Baileys: ${shown}`]);
});
