import { cloudApi } from "@wadesk/cloud-api";
import { createWadesk, type InboxOptions, memoryStorage, type Storage, type Wadesk } from "@wadesk/core";
import { connectionOf, receivedText } from "@wadesk/testing";
import { APP, ENCRYPTION_KEYS } from "../world/app.ts";

// a script that awaits one thing and ends: nothing but what it awaits keeps its process alive

/** What such a script may await. */
export type Errand = keyof typeof ERRANDS;

const SPEAKER = `cloud-api:app:${APP.appId}`;
const NEVER = new Promise<never>(() => {});

async function storageWithEvent(patch: (own: Storage) => Partial<Storage> = () => ({})): Promise<Storage> {
  const storage = memoryStorage();
  await storage.connections.insert(connectionOf());
  await storage.inbox.add([receivedText()]);
  return { ...storage, ...patch(storage) };
}

function open(storage: Storage, inbox: InboxOptions = {}): Wadesk {
  return createWadesk({ channels: [cloudApi(APP)], encryptionKeys: ENCRYPTION_KEYS, storage, inbox });
}

async function failureOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "nothing failed",
    (error: unknown) => String(error),
  );
}

const ERRANDS = {
  "a drain that forgets in batches": async () => {
    let batches = 3;
    const prune = async (): Promise<number> => {
      batches -= 1;
      return batches > 0 ? 1000 : 0;
    };
    await open(await storageWithEvent(({ inbox }) => ({ inbox: { ...inbox, prune } }))).drain();
    return `${batches} batches left`;
  },
  "a drain whose budget is spent": async () => {
    const wadesk = open(await storageWithEvent());
    wadesk.process("message.received", () => NEVER);
    return `${await wadesk.drain({ budgetMs: 100 })} completed`;
  },
  "a drain whose handler never ends": async () => {
    const wadesk = open(await storageWithEvent(), { handleWithinMs: 100 });
    wadesk.process("message.received", () => NEVER);
    return `${await wadesk.drain()} completed`;
  },
  "a drain that cannot record at first": async () => {
    let failures = 1;
    const patch = ({ inbox }: Storage): Partial<Storage> => ({
      inbox: {
        ...inbox,
        async done(...call) {
          failures -= 1;
          if (failures >= 0) throw new Error("away");
          return inbox.done(...call);
        },
      },
    });
    return `${await open(await storageWithEvent(patch)).drain()} completed`;
  },
  "a storage that never answers": async () => {
    const silent = await storageWithEvent(({ inbox }) => ({ inbox: { ...inbox, add: () => NEVER } }));
    const [event] = [receivedText({ messageId: "2" })];
    return failureOf(open(silent, { storeWithinMs: 100 }).inbound.receive("cloud-api", [event], undefined, SPEAKER));
  },
  "a webhook that waits for its handlers": async () => {
    const wadesk = open(await storageWithEvent(), { answerWithinMs: 100 });
    wadesk.process("message.received", () => NEVER);
    return failureOf(wadesk.inbound.receive("cloud-api", [receivedText({ messageId: "2" })], undefined, SPEAKER));
  },
  "a lock of another process": async () => {
    const storage = await storageWithEvent();
    await storage.leases.acquire("settings/platform", "another process", 300);
    await open(storage).settings.setActiveChannel("cloud-api");
    return "it was our turn";
  },
  "a stop that gives up": async () => {
    const wadesk = open(await storageWithEvent());
    wadesk.process("message.received", () => NEVER);
    await wadesk.start();
    await wadesk.stop({ withinMs: 100 });
    return "stopped";
  },
} as const;

const { errand } = JSON.parse(process.env.HOST_PLAN ?? "") as { readonly errand: Errand };
console.log(await ERRANDS[errand]());
