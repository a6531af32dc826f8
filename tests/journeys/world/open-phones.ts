import { createWadesk, type LinkStep, memoryStorage, type Storage, type Wadesk, type WadeskEvent } from "@wadesk/core";
import { type LogLine, type ManualClock, manualClock, recordingLogger } from "@wadesk/testing";
import { createWhatsAppWeb, type Phone, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { type UnofficialChannel, type UnofficialOptions, unofficial } from "@wadesk/unofficial";
import { onTestFinished } from "vitest";
import { watched } from "../../secrets/watched.ts";
import { AMPLE_PACE } from "./ample-pace.ts";
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
  /** `network` stands in for the internet beyond WhatsApp. */
  host(options?: UnofficialOptions, network?: Network): PhoneHost;
}

/** How a host reaches what is not WhatsApp. */
export interface Network {
  readonly fetch: typeof fetch;
  readonly lookup: (hostname: string) => Promise<readonly string[]>;
}

/** The shop's number as people write it. */
export const SHOP = "+15550001111";

/** What may differ from one world to another. */
export interface PhoneWorldOptions {
  readonly storage?: ((time: ManualClock) => Storage) | undefined;
  /** By which hosts spread what they do, from 0 to 1; 0 where absent, which takes nothing off a pause. */
  readonly random?: (() => number) | undefined;
  /** When it begins, in milliseconds since the epoch. */
  readonly startAt?: number;
}

/** Opens a world and closes it when the test has finished. */
export async function openPhones({ random = () => 0, ...options }: PhoneWorldOptions = {}): Promise<PhoneWorld> {
  const time = manualClock(options.startAt);
  const web = await createWhatsAppWeb({ clock: time.clock });
  const storage = options.storage?.(time) ?? memoryStorage({ now: time.now });
  const hosts: PhoneHost[] = [];
  onTestFinished(async () => {
    await Promise.all(hosts.map(({ wadesk }) => wadesk.stop()));
    await web.close();
  });
  const shop = web.addPhone({ number: SHOP.slice(1), name: "Shop" });
  const ana = web.addPhone({ number: "15550002222", name: "Ana" });
  shop.planHistory({ type: "initial", progress: 100, isInline: true });
  // what either side said in this world is nowhere in what its hosts logged
  onTestFinished(() => {
    for (const { content } of [...shop.messages, ...ana.messages])
      watched.words(content.conversation ?? content.extendedTextMessage?.text ?? "");
    for (const { received, echoed } of hosts)
      for (const { data } of [...received.all, ...echoed.all]) if (data.content.kind === "text") watched.words(data.content.text);
  });
  return {
    web,
    time,
    storage,
    shop,
    ana,
    host(own, network) {
      const host = openHost(storage, time, random, { webSocketUrl: web.url, ...AMPLE_PACE, ...own }, network);
      hosts.push(host);
      return host;
    },
  };
}

function openHost(
  storage: Storage,
  time: ManualClock,
  random: () => number,
  options: UnofficialOptions,
  network: Network | undefined,
): PhoneHost {
  const { log, lines } = recordingLogger();
  const wadesk = createWadesk({
    channels: [unofficial(options)],
    storage,
    clock: time.clock,
    encryptionKeys: ENCRYPTION_KEYS,
    log,
    random,
    ...(network && { fetch: network.fetch, lookup: network.lookup }),
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
