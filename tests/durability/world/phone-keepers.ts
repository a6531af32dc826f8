import { createWhatsAppWeb, type LinkedClient, type Phone, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { PhoneKeeperNews, PhoneKeeperOrder } from "../host/phone-keeper-words.ts";
import type { DatabasePlan } from "../host/plan.ts";
import { openProcesses } from "./host-process.ts";

/** A process that keeps phones linked. */
export interface PhoneKeeper {
  /** All that it told so far. */
  readonly told: readonly PhoneKeeperNews[];
  tell(order: PhoneKeeperOrder): void;
  /** The first thing of a kind that it told, now or later. Rejects when it ends before, or does not within half a minute; `ready` within two. */
  hears<News extends PhoneKeeperNews["news"]>(
    news: News,
    fits?: (told: Extract<PhoneKeeperNews, { readonly news: News }>) => boolean,
  ): Promise<Extract<PhoneKeeperNews, { readonly news: News }>>;
  /** `kill -9`. */
  kill(): Promise<void>;
}

/** Processes on one database, and the WhatsApp on which the phone is that they keep linked. */
export interface KeptPhones {
  readonly web: WhatsAppWeb;
  /** The phone that is linked. */
  readonly shop: Phone;
  /** Somebody who writes to it. */
  readonly ana: Phone;
  /** Starts a process; resolves when it keeps what it can. */
  keeper(): Promise<PhoneKeeper>;
  /** Waits until a handler was given these words, in whichever process: all of them work on one inbox. */
  handled(words: string): Promise<void>;
  /** Links the shop's phone in a process. */
  link(keeper: PhoneKeeper): Promise<LinkedClient>;
  /** Every stanza that passed so far, of both directions. */
  stanzas(): Promise<string>;
}

const SHOP = "+15550001111";
/** Whom it writes to, as people write the number. */
export const ANA = "+15550002222";

/** Longer than a lapse and a login take together. */
const PATIENCE_MS = 120_000;
/** A process that loads everything on a busy machine: how long that takes is not what is tested. */
const START_MS = 120_000;

/** Opens them; all of it ends with the test. */
export async function openKeptPhones(database: DatabasePlan): Promise<KeptPhones> {
  const folder = await mkdtemp(join(tmpdir(), "wadesk-stanzas-"));
  const transcriptFile = join(folder, "stanzas");
  const web = await createWhatsAppWeb({ transcriptFile });
  onTestFinished(async () => {
    await web.close();
    await rm(folder, { recursive: true, force: true });
  });
  // registered after the server, so that no process outlives what it talks to
  const processes = openProcesses();
  const shop = web.addPhone({ number: SHOP.slice(1), name: "Shop" });
  shop.planHistory({ type: "initial", progress: 100, isInline: true });
  const keepers: PhoneKeeper[] = [];
  return {
    web,
    shop,
    ana: web.addPhone({ number: ANA.slice(1), name: "Ana" }),
    async keeper() {
      const program = processes.start("phone-keeper.ts", { database, webSocketUrl: web.url, rootKey: web.rootKey });
      const told: PhoneKeeperNews[] = [];
      const waiting = new Set<() => void>();
      const dead = Promise.withResolvers<never>();
      dead.promise.catch(() => {});
      const read = async (): Promise<never> => {
        for (;;) {
          told.push(JSON.parse(await program.line()) as PhoneKeeperNews);
          for (const look of waiting) look();
        }
      };
      read().catch(dead.reject);
      const keeper: PhoneKeeper = {
        told,
        tell: (order) => void program.child.stdin?.write(`${JSON.stringify(order)}\n`),
        async hears(news, fits = () => true) {
          const patienceMs = news === "ready" ? START_MS : PATIENCE_MS;
          const found = Promise.withResolvers<PhoneKeeperNews>();
          const look = (): void => {
            const first = told.find((each) => each.news === news && fits(each as never));
            if (first !== undefined) found.resolve(first);
          };
          const inVain = (): void => found.reject(new Error(`waited in vain for "${news}"; it told ${JSON.stringify(told)}`));
          const timer = setTimeout(inVain, patienceMs);
          waiting.add(look);
          look();
          try {
            return (await Promise.race([found.promise, dead.promise])) as never;
          } finally {
            clearTimeout(timer);
            waiting.delete(look);
          }
        },
        kill: () => program.kill(),
      };
      await keeper.hears("ready");
      keepers.push(keeper);
      return keeper;
    },
    async handled(words) {
      // one that was killed answers with its death
      await Promise.any(keepers.map((keeper) => keeper.hears("received", (told) => told.words === words)));
    },
    async link(keeper) {
      keeper.tell({ order: "link", phone: SHOP });
      const client = await shop.scan((await keeper.hears("qr")).text);
      await keeper.hears("linked");
      return client;
    },
    stanzas: () => readFile(transcriptFile, "utf8"),
  };
}
