import { WadeskError } from "@wadesk/core";
import { quietLibsignal } from "./quiet-libsignal.ts";

/**
 * Everything that the channel takes of Baileys, all of it exported by the package's root. Known from 7.0.0-rc14 on.
 * - `makeWASocket`: the client itself, unmodified;
 * - `initAuthCreds`: the keys of a device that is not linked yet;
 * - `BufferJSON`, `proto`: how what a device keeps is written, and read again;
 * - `addTransactionCapability`: the transactions that Baileys puts over a key store, for the tests of what the channel mends about them;
 * - `Browsers`: the names under which WhatsApp lets a device link by code;
 * - `generateMessageIDV2`: the id of a message.
 */
export type Baileys = Pick<
  typeof import("@whiskeysockets/baileys"),
  "makeWASocket" | "initAuthCreds" | "BufferJSON" | "proto" | "addTransactionCapability" | "Browsers" | "generateMessageIDV2"
>;

/** A client of WhatsApp Web. */
export type Socket = import("@whiskeysockets/baileys").WASocket;

/** What `makeWASocket` takes. */
export type SocketConfig = import("@whiskeysockets/baileys").UserFacingSocketConfig;

/** What `makeWASocket` knows its device by: credentials and a store of keys. */
export type AuthenticationState = import("@whiskeysockets/baileys").AuthenticationState;

/** What a device is linked by. */
export type Credentials = import("@whiskeysockets/baileys").AuthenticationCreds;

/** The store of keys as Baileys calls it. */
export type KeyStore = import("@whiskeysockets/baileys").SignalKeyStore;

/** The types of keys, each with its value. */
export type KeyTypes = import("@whiskeysockets/baileys").SignalDataTypeMap;

/** Changed keys by type and id; `null` deletes. */
export type KeyChanges = import("@whiskeysockets/baileys").SignalDataSet;

/** What Baileys logs by. */
export type BaileysLogger = NonNullable<SocketConfig["logger"]>;

/** What happened at a client, by the name of each event. */
export type SocketEvents = import("@whiskeysockets/baileys").BaileysEventMap;

/** A message as Baileys hands it over. */
export type WebMessage = import("@whiskeysockets/baileys").WAMessage;

/** An element of WhatsApp's protocol. */
export type BinaryNode = import("@whiskeysockets/baileys").BinaryNode;

let loaded: Promise<Baileys> | undefined;

/** Loads Baileys on first use, and keeps what is below it from printing keys. Rejects with `configuration_invalid` where the application has not installed it. */
export function loadBaileys(): Promise<Baileys> {
  quietLibsignal(console);
  loaded ??= import("@whiskeysockets/baileys").catch((cause: unknown) => {
    loaded = undefined;
    const detail = "install @whiskeysockets/baileys@7.0.0-rc14 or a newer 7 beside @wadesk/unofficial";
    throw new WadeskError("configuration_invalid", { detail, cause });
  });
  return loaded;
}
