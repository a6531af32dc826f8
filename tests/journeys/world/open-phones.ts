import { createWadesk, type LinkStep, memoryStorage, type Storage, type Wadesk, type WadeskEvent } from "@wadesk/core";
import { type LogLine, type ManualClock, manualClock, recordingLogger } from "@wadesk/testing";
import { createWhatsAppWeb, type Phone, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { type UnofficialChannel, type UnofficialOptions, unofficial } from "@wadesk/unofficial";
import { onTestFinished } from "vitest";
import { ENCRYPTION_KEYS } from "./open-world.ts";
import { type Queue, queue } from "./queue.ts";

/** A host with linked phones in it, one of several on a storage. */
export interface PhoneHost {
  readonly wadesk: Wadesk<UnofficialChannel>;
  readonly lines: LogLine[];
  /** What `process` was handed, in its order. */
  readonly received: Queue<WadeskEvent<"message.received">>;
  readonly echoed: Queue<WadeskEvent<"message.echoed">>;
  readonly statuses: Queue<WadeskEvent<"message.status">>;
  /** How connections turned, as live views hear it. */
  readonly changes: Queue<string>;
}

/** A WhatsApp Web server and a clock that all hosts go by; Baileys' own timers go by the machine's. */
export interface PhoneWorld {
  readonly web: WhatsAppWeb;
  readonly time: ManualClock;
  readonly storage: Storage;
  /** The phone of the number that is linked. It greets every new device with its history. */
  readonly shop: Phone;
  /** Somebody who writes to it. */
  readonly ana: Phone;
  host(options?: UnofficialOptions): PhoneHost;
}

/** The shop's number as people write it. */
export const SHOP = "+15550001111";

/** Opens a world and closes it when the test has finished. */
export async function openPhones(options: { readonly storage?: (time: ManualClock) => Storage } = {}): Promise<PhoneWorld> {
  const time = manualClock();
  const web = await createWhatsAppWeb({ clock: time.clock });
  const storage = options.storage?.(time) ?? memoryStorage({ now: time.now });
  const hosts: PhoneHost[] = [];
  onTestFinished(async () => {
    await Promise.all(hosts.map(({ wadesk }) => wadesk.stop()));
    await web.close();
  });
  const shop = web.addPhone({ number: SHOP.slice(1), name: "Shop" });
  shop.planHistory({ type: "initial", progress: 100, isInline: true });
  return {
    web,
    time,
    storage,
    shop,
    ana: web.addPhone({ number: "15550002222", name: "Ana" }),
    host(own) {
      const host = openHost(storage, time, { webSocketUrl: web.url, ...own });
      hosts.push(host);
      return host;
    },
  };
}

function openHost(storage: Storage, time: ManualClock, options: UnofficialOptions): PhoneHost {
  const { log, lines } = recordingLogger();
  const wadesk = createWadesk({
    channels: [unofficial(options)],
    storage,
    clock: time.clock,
    encryptionKeys: ENCRYPTION_KEYS,
    log,
    random: () => 0,
  });
  const host: PhoneHost = { wadesk, lines, received: queue(), echoed: queue(), statuses: queue(), changes: queue() };
  wadesk.process("message.received", (event) => host.received.push(event));
  wadesk.process("message.echoed", (event) => host.echoed.push(event));
  wadesk.process("message.status", (event) => host.statuses.push(event));
  wadesk.on("connection.changed", ({ connection: { status } }) =>
    host.changes.push("reason" in status ? `${status.state} · ${status.reason}` : status.state),
  );
  return host;
}

/** Links the shop's phone by QR, as a person would. Answers the connection's id and the steps that were shown. */
export async function linkShop(
  { wadesk }: PhoneHost,
  shop: Phone,
  workspace = "acme",
): Promise<{ readonly id: string; readonly steps: readonly LinkStep[] }> {
  const linking = wadesk.workspace(workspace).connect("unofficial", { phone: SHOP });
  const steps: LinkStep[] = [];
  for await (const step of linking) {
    steps.push(step);
    if (step.type === "qr") await shop.scan(step.text);
  }
  return { id: (await linking).id, steps };
}
