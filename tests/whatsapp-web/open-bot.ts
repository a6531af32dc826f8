import type { LinkedClient, Phone, WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import {
  type BaileysEventMap,
  Browsers,
  type ConnectionState,
  makeWASocket,
  type UserFacingSocketConfig,
  type WASocket,
} from "@whiskeysockets/baileys";
import { type MemoryStore, memoryStore } from "./memory-store.ts";
import { quietLibsignal } from "./quiet-libsignal.ts";

/** An unmodified Baileys client that remembers its events. */
export interface Bot {
  /** The current socket: another one after each restart. */
  readonly socket: WASocket;
  readonly store: MemoryStore;
  /** Every event so far, the oldest first. */
  readonly events: readonly BotEvent[];
  /** The first event of a kind that fits and has not been asked for before; waits for it. */
  next<Name extends keyof BaileysEventMap>(name: Name, fits?: (data: BaileysEventMap[Name]) => boolean): Promise<BaileysEventMap[Name]>;
  /** The next QR code. */
  qr(): Promise<string>;
  /** Resolves with the next `open`. */
  opened(): Promise<void>;
  /** Resolves with the status code of the next close that is no restart, and its error's message. */
  closed(): Promise<{ readonly code: number | undefined; readonly message: string | undefined }>;
  /** Ends the socket; the store can be opened again. */
  end(): Promise<void>;
}

/** One event of a bot. */
export interface BotEvent {
  readonly name: keyof BaileysEventMap;
  readonly data: BaileysEventMap[keyof BaileysEventMap];
}

const PATIENCE_MS = 60_000;
const RESTART_REQUIRED = 515;

const silent = {
  level: "silent",
  child: () => silent,
  trace: ignore,
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
  fatal: ignore,
};

/** Opens a bot against a server. Restarts after 515 as every bot has to; any other close is final. */
export function openBot(
  web: Pick<WhatsAppWeb, "url">,
  config: Partial<UserFacingSocketConfig> = {},
  store: MemoryStore = memoryStore(),
): Bot {
  quietLibsignal();
  const events: BotEvent[] = [];
  const taken = new Set<BotEvent>();
  const waiting = new Set<() => void>();

  const start = (): WASocket => {
    const { auth, save } = store.state();
    const made = makeWASocket({
      waWebSocketUrl: web.url,
      auth,
      logger: silent,
      browser: Browsers.ubuntu("Chrome"),
      // its own messages are not held back for a tenth of a second, so that each receipt is an event of its own
      emitOwnEvents: false,
      // no history is expected, for which a first login otherwise waits 20 seconds
      shouldSyncHistoryMessage: () => false,
      ...config,
    });
    made.ev.on("creds.update", save);
    made.ev.process((batch) => {
      for (const [name, data] of Object.entries(batch)) events.push({ name, data } as BotEvent);
      for (const look of [...waiting]) look();
      if (batch["connection.update"] && closeCode(batch["connection.update"]) === RESTART_REQUIRED) socket = start();
    });
    return made;
  };
  let socket = start();

  const next: Bot["next"] = (name, fits = () => true) =>
    new Promise((resolve, reject) => {
      const seen = () => events.filter((each) => !taken.has(each)).map((each) => each.name);
      const timer = setTimeout(
        () => end(() => reject(new Error(`waited in vain for ${name}; there were ${seen().join(", ")}`))),
        PATIENCE_MS,
      );
      const end = (settle: () => void): void => {
        clearTimeout(timer);
        waiting.delete(look);
        settle();
      };
      const look = (): void => {
        const found = events.find((each) => each.name === name && !taken.has(each) && fits(each.data as never));
        if (found === undefined) return;
        taken.add(found);
        end(() => resolve(found.data as never));
      };
      waiting.add(look);
      look();
    });

  return {
    get socket() {
      return socket;
    },
    store,
    events,
    next,
    qr: async () => (await next("connection.update", ({ qr }) => qr !== undefined)).qr ?? "",
    opened: async () => void (await next("connection.update", ({ connection }) => connection === "open")),
    closed: async () => {
      const update = await next("connection.update", (each) => each.connection === "close" && closeCode(each) !== RESTART_REQUIRED);
      return { code: closeCode(update), message: update.lastDisconnect?.error?.message };
    },
    end: () => socket.end(undefined),
  };
}

/** Opens a bot and links it to a phone by its first QR code. */
export async function linkBot(
  web: Pick<WhatsAppWeb, "url">,
  phone: Phone,
  config: Partial<UserFacingSocketConfig> = {},
): Promise<{ readonly bot: Bot; readonly client: LinkedClient }> {
  const bot = openBot(web, config);
  const client = await phone.scan(await bot.qr());
  await bot.opened();
  return { bot, client };
}

function closeCode({ lastDisconnect }: Partial<ConnectionState>): number | undefined {
  const error = lastDisconnect?.error as { readonly output?: { readonly statusCode?: number } } | undefined;
  return error?.output?.statusCode;
}

function ignore(): void {}
