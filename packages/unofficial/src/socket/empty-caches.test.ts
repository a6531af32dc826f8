import { expect, it } from "vitest";
import { loadBaileys } from "../baileys/baileys.ts";
import { memoryRecords } from "../testing/memory-records.ts";
import { freshAuthState } from "../auth/auth-state.ts";
import { emptyCaches } from "./empty-caches.ts";

const baileys = await loadBaileys();
const silent = { level: "silent", child: () => silent, trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** How many LIDs a client remembers that learns one after its end, as by a question that was still under way. */
async function rememberedAtEnd(mended: boolean): Promise<unknown> {
  const { auth } = freshAuthState(baileys, memoryRecords());
  // nobody listens there
  const socket = baileys.makeWASocket({ auth, logger: silent, waWebSocketUrl: "ws://127.0.0.1:9" });
  const { lidMapping } = socket.signalRepository;
  await socket.end(undefined);
  await lidMapping.storeLIDPNMappings([{ lid: "1@lid", pn: "15550001111@s.whatsapp.net" }]);
  if (mended) emptyCaches(socket);
  const { size } = Reflect.get(lidMapping, "mappingCache") as { readonly size: number };
  lidMapping.close();
  return size;
}

it("a client that has ended remembers no LID", async () => {
  expect(await rememberedAtEnd(true)).toBe(0);
});

// where this fails, Baileys remembers nothing by itself: then `empty-caches.ts` can go
it("Baileys by itself still remembers what it learns after its end", async () => {
  expect(await rememberedAtEnd(false)).toBe(2);
});
