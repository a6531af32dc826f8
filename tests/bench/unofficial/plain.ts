import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { generateMessageIDV2, makeWASocket, useMultiFileAuthState, type WASocket } from "@whiskeysockets/baileys";
import { quietLibsignal } from "../../whatsapp-web/quiet-libsignal.ts";
import { type ClientPlan, type Clients, numberOf } from "./plan.ts";

const ignore = (): void => {};
const silent = { level: "silent", child: () => silent, trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };

/** What is done about one client beside keeping it open. */
interface Hearing {
  readonly qr?: (qr: string) => void;
  readonly open?: () => void;
  readonly history?: () => void;
}

/** Plain Baileys as its examples have it: a folder of files for each number, and another socket at once whenever one ends. */
export async function plainClients({ folder, url, contact }: ClientPlan): Promise<Clients> {
  quietLibsignal();
  const sockets = new Map<number, WASocket>();
  /** Those that wait for an acknowledgement, by the ids of their messages: one listener for each socket, however many there are. */
  const waiting = new Map<string, () => void>();
  let heard = 0;
  let ended = false;
  const folderOf = (phone: number): string => join(folder, numberOf(phone));

  const begin = async (phone: number, hearing: Hearing): Promise<void> => {
    await mkdir(folderOf(phone), { recursive: true });
    const { state, saveCreds } = await useMultiFileAuthState(folderOf(phone));
    const connect = (): void => {
      const socket = makeWASocket({ waWebSocketUrl: url, auth: state, logger: silent, syncFullHistory: false, markOnlineOnConnect: false });
      sockets.set(phone, socket);
      socket.ev.on("creds.update", saveCreds);
      socket.ws.on("CB:ack,class:message", ({ attrs }: { readonly attrs: { readonly id?: string } }) => {
        const id = attrs.id ?? "";
        waiting.get(id)?.();
        waiting.delete(id);
      });
      socket.ev.on("connection.update", ({ qr, connection }) => {
        if (qr !== undefined) hearing.qr?.(qr);
        if (connection === "open") hearing.open?.();
        if (connection === "close" && !ended) connect();
      });
      socket.ev.on("messaging-history.set", () => hearing.history?.());
      socket.ev.on("messages.upsert", ({ messages }) => {
        heard += messages.filter(({ key, message }) => !key.fromMe && message).length;
      });
    };
    connect();
  };

  return {
    async link(phone, scan) {
      const failed = Promise.withResolvers<never>();
      const history = Promise.withResolvers<void>();
      await begin(phone, { qr: (qr) => void scan(qr).catch(failed.reject), history: history.resolve });
      await Promise.race([history.promise, failed.promise]);
    },
    async open(phones) {
      const known = new Set(await readdir(folder));
      await Promise.all(phones.filter((phone) => known.has(numberOf(phone))).map((phone) => begin(phone, {})));
    },
    async send(phone, text, group) {
      const socket = sockets.get(phone);
      if (socket === undefined) throw new Error(`there is no client of phone ${phone}`);
      const messageId = generateMessageIDV2(socket.user?.id);
      const acknowledged = Promise.withResolvers<void>();
      waiting.set(messageId, acknowledged.resolve);
      await socket.sendMessage(group ?? `${contact}@s.whatsapp.net`, { text }, { messageId });
      await acknowledged.promise;
    },
    heard: () => heard,
    async end() {
      ended = true;
      await Promise.all([...sockets.values()].map((socket) => socket.end(undefined)));
      // what is written without anybody waiting for it
      await new Promise<void>((resolve) => void setTimeout(resolve, 200));
    },
  };
}
