import type { LinkedDevice } from "../directory/account.ts";
import { lidJid, numberJid } from "../directory/directory.ts";
import { announcePreKeys } from "../linking/linked-device.ts";
import { announceDevice } from "../notices/contact-notices.ts";
import { type ClientEnd, lastStanza } from "../server/client-end.ts";
import type { World } from "../server/world.ts";

/** A client that a phone has linked. */
export interface LinkedClient {
  /** The number of the device, from 1. */
  readonly id: number;
  /** `15550001111:1@s.whatsapp.net`. */
  readonly jid: string;
  /** The same device by its LID. */
  readonly lid: string;
  /** Whether it is logged in now. */
  readonly isConnected: boolean;
  /** How many stanzas the client has not acknowledged. */
  readonly waiting: number;
  /** What the client sent along with its connection, as an earlier server told it; undefined where nothing. */
  readonly routingInfo: Uint8Array | undefined;
  /** One-time prekeys that the client has uploaded and nobody has taken. */
  readonly preKeys: number;
  /** Resolves once the client has logged in. */
  connected(): Promise<void>;
  /** Resolves once the client has no connection. */
  disconnected(): Promise<void>;
  /** Throws the client out as WhatsApp would. Throws when it is not connected. */
  end(how: ClientEnd): void;
  /** Cuts the connection without a word. Throws when the client is not connected. */
  drop(): void;
  /**
   * From now on the connection stays open and nothing passes it any more, in neither direction; where the network is gone, nobody hears of its end either, and
   * the server goes on taking the client for connected until it has another connection. Throws when the client is not connected.
   */
  goDeaf(how?: "network gone"): void;
  /** Tells the client how many prekeys are left: it uploads others where they are few. WhatsApp does so by itself when the fifth last is taken. */
  announcePreKeys(): void;
  /** From now on every stanza to the client takes so many milliseconds of the server's clock. Throws when the client is not connected. */
  slowDown(delayMs: number): void;
}

/** The handle of a linked device. */
export function linkedClient(world: World, device: LinkedDevice): LinkedClient {
  const connection = () => {
    if (device.connection === undefined) throw new Error(`${numberJid(device.account, device.id)} is not connected`);
    return device.connection;
  };
  return {
    id: device.id,
    jid: numberJid(device.account, device.id),
    lid: lidJid(device.account, device.id),
    get isConnected() {
      return device.connection !== undefined;
    },
    get waiting() {
      return device.mailbox.waiting.length;
    },
    get routingInfo() {
      return device.connection?.routingInfo;
    },
    get preKeys() {
      return device.preKeys.length;
    },
    connected: async () => void (await world.changes.until("the client's login", () => device.connection)),
    disconnected: async () =>
      void (await world.changes.until("the client's end", () => (device.connection === undefined ? true : undefined))),
    end: (how) => {
      const open = connection();
      if (how === "removed") {
        device.account.devices.delete(device.id);
        announceDevice(world, device.account, "remove", device);
      }
      open.send(lastStanza(how));
      open.close();
    },
    drop: () => connection().drop(),
    goDeaf: (how) => {
      const { link, standStill } = connection();
      link.isDeaf = true;
      if (how !== undefined) standStill();
    },
    announcePreKeys: () => announcePreKeys(world, device),
    slowDown: (delayMs) => {
      connection().link.delayMs = delayMs;
    },
  };
}
