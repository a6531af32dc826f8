import { createWhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { expect, it, onTestFinished } from "vitest";
import { freshAuthState } from "../auth/auth-state.ts";
import { type BaileysLogger, loadBaileys } from "../baileys/baileys.ts";
import { memoryRecords } from "../testing/memory-records.ts";
import { rejectTimeouts } from "./reject-timeouts.ts";

const baileys = await loadBaileys();
const silent: BaileysLogger = { level: "silent", child: () => silent, trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** What a client has for an answer that never comes. */
async function unanswered(logger: BaileysLogger): Promise<unknown> {
  const web = await createWhatsAppWeb();
  const { auth } = freshAuthState(baileys, memoryRecords());
  const socket = baileys.makeWASocket({ auth, logger, waWebSocketUrl: web.url, defaultQueryTimeoutMs: 1 });
  onTestFinished(async () => {
    await socket.end(undefined);
    await web.close();
  });
  await socket.waitForSocketOpen();
  return socket.waitForMessage("1");
}

it("a question that is not answered in time rejects", async () => {
  await expect(unanswered(rejectTimeouts(silent))).rejects.toMatchObject({ output: { statusCode: 408 } });
});

// where this fails, Baileys rejects by itself: then `reject-timeouts.ts` can go
it("Baileys by itself still answers a question that is not answered in time with nothing", async () => {
  expect(await unanswered(silent)).toBeUndefined();
});
