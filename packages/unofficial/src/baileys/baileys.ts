import { createRequire } from "node:module";
import { WadeskError } from "@wadesk/core";
import { bindJobs } from "./bound-jobs.ts";
import { quietLibsignal } from "./quiet-libsignal.ts";
import { quietSessions } from "./quiet-sessions.ts";

/**
 * Everything that the channel takes of Baileys, all of it exported by the package's root. Known from 7.0.0-rc14 on.
 * - `makeWASocket`: the client itself, unmodified;
 * - `initAuthCreds`: the keys of a device that is not linked yet;
 * - `BufferJSON`, `proto`: how what a device keeps is written, and read again;
 * - `addTransactionCapability`: the transactions that Baileys puts over a key store, for the tests of what the channel mends about them;
 * - `DEFAULT_CONNECTION_CONFIG`: how Baileys makes what encrypts and decrypts, which the channel puts its own store below;
 * - `decodeMessageNode`, `unpadRandomMax16`, `cleanMessage`: what a stanza and its plaintext say, so that both can be kept and read later;
 * - `Browsers`: the names under which WhatsApp lets a device link by code;
 * - `generateMessageIDV2`: the id of a message;
 * - `prepareWAMessageMedia`: seals a file and brings it to WhatsApp;
 * - `decryptPollVote`: opens a vote with the secret of its poll;
 * - `Curve`: signatures, to see that its own are the fast ones;
 * - `WA_CERT_DETAILS`: the root that it trusts, for a WhatsApp Web server for tests.
 */
export type Baileys = Pick<
  typeof import("@whiskeysockets/baileys"),
  | "makeWASocket"
  | "initAuthCreds"
  | "BufferJSON"
  | "proto"
  | "addTransactionCapability"
  | "DEFAULT_CONNECTION_CONFIG"
  | "decodeMessageNode"
  | "unpadRandomMax16"
  | "cleanMessage"
  | "Browsers"
  | "generateMessageIDV2"
  | "prepareWAMessageMedia"
  | "decryptPollVote"
  | "Curve"
  | "WA_CERT_DETAILS"
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

/** The store of keys as what encrypts calls it: in transactions, each under a name. */
export type TransactedKeys = import("@whiskeysockets/baileys").SignalKeyStoreWithTransaction;

/** What encrypts and decrypts. */
export type SignalRepository = Socket["signalRepository"];

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

/** What a message says, in the fields of WhatsApp's Protobuf. */
export type Body = NonNullable<WebMessage["message"]>;

/** What stands beside what a message says: whom it answers, names, was passed on by. */
export type ContextInfo = NonNullable<NonNullable<Body["extendedTextMessage"]>["contextInfo"]>;

/** A group as Baileys tells of it. */
export type GroupMetadata = import("@whiskeysockets/baileys").GroupMetadata;

/** An element of WhatsApp's protocol. */
export type BinaryNode = import("@whiskeysockets/baileys").BinaryNode;

let loaded: Promise<Baileys> | undefined;

/** Loads Baileys on first use, keeps what is below it from printing keys, and its jobs with whoever asked for them. Rejects with `configuration_invalid` where the application has not installed it. */
export function loadBaileys(): Promise<Baileys> {
  loaded ??= load().catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

async function load(): Promise<Baileys> {
  quietLibsignal(console);
  quietSessions(pathOfBaileys);
  bindJobs(pathOfBaileys);
  return import("@whiskeysockets/baileys").catch((cause: unknown) => {
    const detail = "install @whiskeysockets/baileys@7.0.0-rc14 or a newer 7 beside @wadesk/unofficial";
    throw new WadeskError("configuration_invalid", { detail, cause });
  });
}

/** The file that an import of Baileys from here loads. Throws where there is none that `require` would find too. */
export function pathOfBaileys(): string {
  return createRequire(import.meta.url).resolve("@whiskeysockets/baileys");
}
