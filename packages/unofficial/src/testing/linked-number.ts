import { WadeskError } from "@wadesk/core";
import type { HealthReport, InboundEvent, OpenSession, SessionVoice } from "@wadesk/core/ports";
import { connectionOf, recordingLogger } from "@wadesk/testing";
import { createWhatsAppWeb, type LinkedClient, type Phone, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { onTestFinished } from "vitest";
import type { UnofficialDetails, UnofficialSecret } from "../details.ts";
import { linkNumber } from "../linking/link-number.ts";
import { readLimits, readOptions } from "../options.ts";
import { openSession } from "../session/open-session.ts";
import { type MemoryRecords, memoryRecords } from "./memory-records.ts";

/** A number that is linked, and whose session is open under the machine's clock; what core would do is counted. */
export interface LinkedNumber {
  readonly web: WhatsAppWeb;
  readonly shop: Phone;
  readonly ana: Phone;
  readonly client: LinkedClient;
  readonly records: MemoryRecords;
  /** What core was handed, each call by itself. */
  readonly received: (readonly InboundEvent[])[];
  /** What was told of its health. */
  readonly reports: readonly HealthReport[];
  readonly session: OpenSession<UnofficialDetails>;
  /** From now on core cannot store what it is handed, or can again. */
  fails(doesFail: boolean): void;
  /** Opens it once more, at another address where one is given. */
  reopen(url?: string): Promise<OpenSession<UnofficialDetails>>;
}

/** More than any test sends: what is counted ahead then costs no write of its own. */
const AMPLE = { messagesPerMinute: 1000, messagesPerHour: 1000, messagesPerDay: 1000, newChatsPerDay: 1000 };

/** Links and opens one. */
export async function linkedNumber(): Promise<LinkedNumber> {
  const web = await createWhatsAppWeb();
  const shop = web.addPhone({ number: "15550001111", name: "Shop" });
  shop.planHistory({ type: "initial", progress: 100, isInline: true });
  const ana = web.addPhone({ number: "15550002222", name: "Ana" });
  const records = memoryRecords();
  const received: (readonly InboundEvent[])[] = [];
  const reports: HealthReport[] = [];
  let isFailing = false;
  const voice: SessionVoice = {
    report: (report) => void reports.push(report),
    learn: () => {},
    async receive(events) {
      if (isFailing) {
        // by then the ratchet is stored
        for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
        throw new WadeskError("storage_unavailable");
      }
      received.push(events);
    },
    after(delayMs, work) {
      const timer = setTimeout(work, delayMs);
      return () => clearTimeout(timer);
    },
  };
  const shared = {
    settings: async () => readLimits(AMPLE),
    publicUrl: undefined,
    fetch,
    now: Date.now,
    log: recordingLogger().log,
    records,
    signal: new AbortController().signal,
  };
  const transport = readOptions({ webSocketUrl: web.url });
  const linked = await linkNumber(
    transport,
    { phone: "+15550001111" },
    {
      ...shared,
      connectionId: "con_1",
      workspaceId: "acme",
      voice,
      claim: async () => {},
      announce: async () => {},
      show: async (step) => {
        if (step.type === "qr") void shop.scan(step.text).catch(() => {});
      },
    },
  );
  await linked.session?.close();
  const connection = connectionOf({ channel: "unofficial", route: linked.route, details: {}, phone: "+15550001111" });
  const secret = linked.secret as UnofficialSecret;
  const open = (url = web.url): Promise<OpenSession<UnofficialDetails>> =>
    openSession(readOptions({ webSocketUrl: url }), connection as never, {
      ...shared,
      ...voice,
      secret,
      replaceSecret: async () => {},
      siblings: async () => 0,
    });
  const session = await open();
  onTestFinished(async () => {
    await session.close();
    await web.close();
  });
  const [client] = shop.clients;
  if (client === undefined) throw new Error("nothing is linked");
  return {
    web,
    shop,
    ana,
    client,
    records,
    received,
    reports,
    session,
    reopen: open,
    fails(doesFail) {
      isFailing = doesFail;
    },
  };
}
