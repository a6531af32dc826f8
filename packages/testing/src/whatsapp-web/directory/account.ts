import type { Mailbox } from "../delivery/mailbox.ts";
import type { PasskeyPerson } from "../passkey/passkey-person.ts";
import type { KeyBundle } from "../signal/bundle.ts";
import type { SignalDevice } from "../signal/signal-device.ts";
import type { Connection } from "../wire/connection.ts";
import type { BinaryNode } from "../wire/node.ts";

/** A person's WhatsApp account with its phone and the devices linked to it. */
export interface Account {
  /** The phone number, digits alone. */
  readonly number: string;
  /** The digits of the account's LID, by which WhatsApp addresses people without showing their number. */
  readonly lid: string;
  /** The push name. */
  name: string;
  /** The verified name of a business; absent on a person's account. */
  readonly business: string | undefined;
  /** The phone: device 0. */
  readonly phone: FakeDevice;
  /** Every device by its number, the phone included. */
  readonly devices: Map<number, Device>;
  /** The attributes of the `<failure>` that every login meets: banned, locked and the like. */
  refusal: Readonly<Record<string, string>> | undefined;
  /** What WhatsApp shows of the person, and what the person has set. */
  readonly profile: Profile;
  /** Whether the phone is reachable; what is sent to it while it is not waits in `held`. */
  isOnline: boolean;
  readonly held: (() => void)[];
  /** When the phone was on last, in milliseconds since the epoch; of no meaning while it is on. */
  lastActive: number;
  /** The name by which the person can be found without a number. */
  username: string | undefined;
  /** Whom the account has written to. */
  readonly wroteTo: Set<Account>;
  /** Who is asked for a passkey before a device is linked: a person, or nobody who answers; undefined where none is asked for. */
  passkey: PasskeyPerson | "nobody" | undefined;
  /** Numbers of devices are never used twice. */
  nextDevice: number;
}

/** What WhatsApp shows of a person, and what the person has set. */
export interface Profile {
  status: string;
  /** Where the picture is; undefined where there is none or nobody may see it. */
  pictureUrl: string | undefined;
  /** The picture itself; undefined where only its URL is known. */
  picture: Uint8Array | undefined;
  /** For how many seconds messages stay in new chats, and since when in seconds since the epoch; undefined where they stay. */
  disappearing: { readonly duration: number; readonly at: number } | undefined;
  /** Addresses that the person has blocked. */
  readonly blocked: Set<string>;
  /** Privacy settings by their category. */
  readonly privacy: Map<string, string>;
}

/** A device that messages go to. */
export type Device = FakeDevice | LinkedDevice;

/** What both kinds of device have. */
export interface AnyDevice {
  readonly account: Account;
  /** 0 is the phone. */
  readonly id: number;
  /** The index of the device's ADV key, 0 for the phone. */
  readonly keyIndex: number;
  /** The public keys somebody needs to write to it; each call gives away a one-time prekey, as long as there are any. */
  takeBundle(): KeyBundle;
}

/** A device of the server's own, with private keys: a phone, or a companion of a contact. */
export interface FakeDevice extends AnyDevice {
  readonly kind: "fake";
  readonly signal: SignalDevice;
  readonly outbox: Outbox;
}

/** What a device of the server's own has sent lately, should somebody not have been able to read it. */
export interface Outbox {
  remember(id: string, resend: Resend): void;
  find(id: string | undefined): Resend | undefined;
}

/** Sends a message once more, to one device. `count` says how often that device has asked for it. */
export type Resend = (device: LinkedDevice, count: number) => void;

/** A client that was linked: the server knows its public keys alone. */
export interface LinkedDevice extends AnyDevice {
  readonly kind: "linked";
  /** The Noise key it was linked with, the only one that it may log in with. */
  readonly staticKey: Buffer;
  readonly identityKey: Buffer;
  readonly registrationId: number;
  /** The encoded `ADVSignedDeviceIdentity` with every key and signature, as others are told of the device. */
  readonly signedIdentity: Uint8Array;
  signedPreKey: KeyBundle["signedPreKey"];
  /** One-time prekeys that nobody has taken. */
  readonly preKeys: NonNullable<KeyBundle["preKey"]>[];
  readonly mailbox: Mailbox;
  /** The live connection. */
  connection: Connection | undefined;
  /** What the client said of its presence last. */
  presence: BinaryNode["attrs"] | undefined;
}
