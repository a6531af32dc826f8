import type { HealthReport } from "@wadesk/core/ports";
import { manualClock, recordingLogger } from "@wadesk/testing";
import { createWhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { expect, it, onTestFinished } from "vitest";
import { storedAuthState } from "../auth/auth-state.ts";
import { CREDENTIALS_KEY, recordOf, recordValues } from "../auth/record-values.ts";
import { timedRecords } from "../auth/timed-records.ts";
import { type Credentials, loadBaileys, type Socket } from "../baileys/baileys.ts";
import { debugLogger } from "../baileys/debug-logger.ts";
import { memoryRecords } from "../testing/memory-records.ts";
import { unofficial } from "../unofficial.ts";
import { runSession } from "./run-session.ts";

const baileys = await loadBaileys();

/** A session of a client that was linked a while ago, with the sockets that it makes. */
async function open() {
  const time = manualClock();
  const { clock, now } = time;
  const web = await createWhatsAppWeb({ clock });
  const shop = web.addPhone({ number: "15550001111", name: "Shop" });
  const ana = web.addPhone({ number: "15550002222", name: "Ana" });
  const { creds, keys } = shop.seedClient().baileys;
  const rows = memoryRecords();
  const values = recordValues(baileys);
  rows.rows.set(CREDENTIALS_KEY, values.credentials(creds as unknown as Credentials));
  for (const [type, all] of Object.entries(keys))
    for (const [id, key] of Object.entries(all)) rows.rows.set(recordOf(type, id), values.key(key));
  const { log, lines } = recordingLogger();
  const records = timedRecords(rows, { after: clock.after, now });
  const state = await storedAuthState(baileys, records);
  if (state === undefined) throw new Error("there is no device");
  const sockets: Socket[] = [];
  const reports: HealthReport[] = [];
  const voice = {
    report: (health: HealthReport) => void reports.push(health),
    learn: () => {},
    receive: async () => {},
    after: clock.after,
  };
  const running = runSession(
    { route: "unofficial:acme:1", connectionId: "con_1", records, settings: async () => unofficial().settings.defaults, voice, log, now },
    {
      baileys: {
        ...baileys,
        makeWASocket: (config) => {
          const socket = baileys.makeWASocket(config);
          sockets.push(socket);
          return socket;
        },
      },
      transport: { webSocketUrl: web.url, presence: false, fastCurves: true, timeoutMs: 20_000 },
      state,
      logger: debugLogger(log, {}),
      browser: baileys.Browsers.windows("Chrome"),
    },
    { hear: () => {}, meet: () => {}, greet: () => {}, phoneSeenAt: () => undefined, part: () => {} },
  );
  onTestFinished(async () => {
    await running.close();
    await web.close();
  });
  expect(await running.settled).toBe("open");
  const [socket] = sockets;
  if (socket === undefined) throw new Error("there is no socket");
  return { time, web, shop, ana, socket, running, reports, lines };
}

/** Somebody writes, and the client has the stanza. */
async function hears({ ana, shop, socket }: Awaited<ReturnType<typeof open>>): Promise<void> {
  const heard = Promise.withResolvers<void>();
  socket.ws.once("CB:message", () => heard.resolve());
  ana.send(shop, "are you there?");
  await heard.promise;
}

it("a client that answers pings while one message holds up all others is given up within 90 seconds", async () => {
  const world = await open();
  const { time, socket, running, reports } = world;
  void socket.messageMutex.mutex(() => new Promise(() => {}));
  await hears(world);
  await time.advance(60_000);
  await running.ended;
  expect(reports.at(-1)).toMatchObject({ type: "closed", reason: "connection_lost" });
  const told = world.lines.filter(({ level }) => level === "warn").map(({ data }) => data);
  expect(told).toEqual([{ connectionId: "con_1", reason: "what came in was not dealt with for half a minute" }]);
});

it("one that deals with what comes in is not, however little that is", async () => {
  const world = await open();
  const { time, shop, web, reports } = world;
  for (let minute = 0; minute < 5; minute += 1) {
    await hears(world);
    await web.until("its receipt", () => (shop.clients[0]?.waiting === 0 ? true : undefined));
    await time.advance(60_000);
  }
  expect(reports.filter(({ type }) => type !== "alive")).toEqual([]);
});

it("a send that stands still is given up after a minute, and the client with it", async () => {
  const { time, running, reports, lines } = await open();
  const sent = running.sends.during(() => new Promise(() => {}));
  const refused = expect(sent).rejects.toMatchObject({ code: "outcome_unknown" });
  await time.advance(59_000);
  expect(reports.filter(({ type }) => type !== "alive")).toEqual([]);
  await time.advance(1000);
  await refused;
  await running.ended;
  expect(reports.at(-1)).toMatchObject({ type: "closed", reason: "connection_lost" });
  expect(lines.filter(({ level }) => level === "warn")).toMatchObject([{ data: { reason: "a message was not sent within a minute" } }]);
});

it("a send under a lock of Baileys' that nobody frees is given up with its client, whatever finds that out", async () => {
  const { time, socket, running, ana } = await open();
  void socket.authState.keys.transaction(() => new Promise(() => {}), socket.user?.id ?? "");
  const sent = running.sends.during(() => socket.sendMessage(ana.lid, { text: "Hello" }));
  const refused = expect(sent).rejects.toMatchObject({ code: "outcome_unknown" });
  await time.advance(60_000);
  await refused;
  await running.ended;
});
