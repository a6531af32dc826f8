import { randomInt } from "node:crypto";
import { checkOptions } from "@wadesk/core/ports";
import { outbox } from "../delivery/outbox.ts";
import { signalDevice } from "../signal/signal-device.ts";
import type { Account, Device, FakeDevice } from "./account.ts";
import { type Jid, jidText, readJid, SERVER_JID } from "./jid.ts";

/** Who is on WhatsApp. */
export interface Directory {
  readonly accounts: readonly Account[];
  /** Throws when the number is taken or holds anything but digits. */
  add(person: NewAccount): Account;
  byNumber(number: string): Account | undefined;
  /** Finds who an address belongs to, by number or LID; `device` is undefined where the account has none of that number. */
  find(jid: string | undefined): Found | undefined;
}

/** A new account. */
export interface NewAccount {
  /** 5 to 15 digits with the country's code, without a plus; one that is taken, or holds anything else, throws. */
  readonly number: string;
  /** The push name that others see; the verified name of a business, else the number, where absent. */
  readonly name?: string;
  /** Makes it a business with this verified name. */
  readonly business?: string;
  /** How many devices of its own the person has beside the phone; none where absent. */
  readonly companions?: number;
  /** The URL of the profile picture; a person without one has none. */
  readonly picture?: string;
}

/** Who an address belongs to. */
export interface Found {
  readonly account: Account;
  readonly device: Device | undefined;
  readonly jid: Jid;
}

const PRIVACY = ["readreceipts", "last", "online", "profile", "status", "groupadd", "calladd", "messages"];
// longer than any phone number, so that none is taken for one
const FIRST_LID = 1_000_000_000_000_001;

/** Begins with nobody. */
export function directory(): Directory {
  const byNumber = new Map<string, Account>();
  const byLid = new Map<string, Account>();
  return {
    get accounts() {
      return [...byNumber.values()];
    },
    add: (person) => {
      checkOptions<NewAccount>("addPhone", person, {
        number: "text",
        name: "text",
        business: "text",
        companions: "number",
        picture: "text",
      });
      if (!/^\d{5,15}$/.test(person.number)) throw new TypeError(`a number is written in 5 to 15 digits alone, not ${person.number}`);
      if (byNumber.has(person.number)) throw new Error(`${person.number} is on WhatsApp already`);
      const account = newAccount(person, String(FIRST_LID + byLid.size));
      byNumber.set(account.number, account);
      byLid.set(account.lid, account);
      return account;
    },
    byNumber: (number) => byNumber.get(number),
    find: (text) => {
      const jid = readJid(text);
      const account = jid && (jid.server === "lid" ? byLid : byNumber).get(jid.user);
      return jid && account && { account, device: account.devices.get(jid.device), jid };
    },
  };
}

/** The address of an account or one of its devices by phone number. */
export function numberJid(account: Account, device = 0): string {
  return jidText({ user: account.number, device, server: SERVER_JID });
}

/** The address of an account or one of its devices by LID. */
export function lidJid(account: Account, device = 0): string {
  return jidText({ user: account.lid, device, server: "lid" });
}

function newAccount({ number, name, business, companions = 0, picture }: NewAccount, lid: string): Account {
  const devices = new Map<number, Device>();
  const account: Account = {
    number,
    lid,
    name: name ?? business ?? number,
    business,
    get phone() {
      return devices.get(0) as FakeDevice;
    },
    devices,
    refusal: undefined,
    profile: {
      status: "",
      pictureUrl: picture,
      picture: undefined,
      disappearing: undefined,
      blocked: new Set(),
      privacy: new Map(PRIVACY.map((category) => [category, "all"])),
    },
    isOnline: true,
    held: [],
    lastActive: 0,
    username: undefined,
    wroteTo: new Set(),
    passkey: undefined,
    nextDevice: 1,
  };
  for (let id = 0; id <= companions; id += 1) devices.set(id, fakeDevice(account, id));
  account.nextDevice = companions + 1;
  return account;
}

/** A device of the server's own with fresh keys. */
export function fakeDevice(account: Account, id: number): FakeDevice {
  const signal = signalDevice({ registrationId: randomInt(1, 16_381) });
  return { kind: "fake", account, id, keyIndex: id, signal, outbox: outbox(), takeBundle: () => signal.takeBundle() };
}
