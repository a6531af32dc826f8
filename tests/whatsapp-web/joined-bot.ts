import { joinWhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { openBot } from "./open-bot.ts";

// a bot in a process of its own, which knows the ready file alone: it tells its parent what it has heard
const { url } = await joinWhatsAppWeb(process.argv[2] ?? "");
const bot = openBot({ url }, { shouldSyncHistoryMessage: () => true });
const tell = (what: object): void => void process.send?.(what);
tell({ qr: await bot.qr() });
await bot.opened();
const { chats } = await bot.next("messaging-history.set", (history) => history.chats.length > 0);
tell({ chats: chats.map(({ id }) => id) });
const [contact] = await bot.next("contacts.upsert", (contacts) => contacts.some(({ name }) => name === "Ann Archive"));
tell({ contact: contact?.name });
