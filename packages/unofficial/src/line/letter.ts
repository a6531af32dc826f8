import type { TimedValue } from "@wadesk/core/ports";
import type { Change, Changes } from "../auth/change-queue.ts";
import type { Body } from "../baileys/baileys.ts";
import type { GroupSealed, Outgoing, Sealed } from "../signal/signal-hooks.ts";

/** Where a message of ours goes and what it says. */
export interface Address {
  /** WhatsApp's id of it, which is ours to choose. */
  readonly id: string;
  /** The chat. */
  readonly jid: string;
  readonly body: Body;
  /** Core's id of it. */
  readonly reference: string;
  /** When it was handed over, in milliseconds since the epoch, and after which others. */
  readonly at: number;
  readonly order: number;
  /** What is stored together with what it is encrypted to first: what it says is among it. Nothing where it is stored already. */
  readonly beside?: Changes;
}

/** A message on its way out: it is stored with everything that it was encrypted to, until WhatsApp has it. */
export interface Letter extends Address, Outgoing {
  /** Whether it was encrypted to something, which is stored or on its way to the storage. */
  isNoted(): boolean;
  /** Whether what it was encrypted to is stored: from then on its bytes may have left. */
  isStored(): boolean;
  /** It is given up: whoever still works on it ends with an error. */
  drop(): void;
  /** Encrypts it anew when it is sent the next time. */
  unseal(): void;
  /** The devices that it was encrypted for. */
  devices(): readonly string[];
}

/** Where the messages lie that WhatsApp may not have. */
export const PENDING = "out/";
/** For how long what a message was encrypted to is kept, in milliseconds, whatever becomes of its session. */
const LIFE_MS = 24 * 60 * 60 * 1000;

interface Row extends Pick<Address, "jid" | "reference" | "at" | "order"> {
  readonly devices: readonly (readonly [jid: string, type: Sealed["type"], ciphertext: string])[];
  readonly group?: { readonly [Part in keyof GroupSealed]: string };
}

/** Makes a letter; `sealed` as it was read from its row. */
export function letterOf(address: Address, stored?: Row): Letter {
  const devices = new Map<string, Sealed>(
    stored?.devices.map(([jid, type, ciphertext]) => [jid, { type, ciphertext: bytesOf(ciphertext) }] as const),
  );
  let group: GroupSealed | undefined = stored?.group && {
    ciphertext: bytesOf(stored.group.ciphertext),
    senderKeyDistributionMessage: bytesOf(stored.group.senderKeyDistributionMessage),
  };
  const { id, jid, reference, at, order } = address;
  let { beside } = address;
  let isStored = stored !== undefined;
  let isNoted = isStored;
  let isDropped = false;
  const expiresAt = at + LIFE_MS;
  const pending = (): TimedValue => {
    const row: Row = {
      jid,
      reference,
      at,
      order,
      devices: [...devices].map(([device, { type, ciphertext }]) => [device, type, textOf(ciphertext)]),
      ...(group && {
        group: { ciphertext: textOf(group.ciphertext), senderKeyDistributionMessage: textOf(group.senderKeyDistributionMessage) },
      }),
    };
    return { value: new TextEncoder().encode(JSON.stringify(row)), expiresAt };
  };
  // the row is written once for all devices, however many are encrypted for in a turn
  const changes = (): Changes => {
    if (isDropped) throw new Error("the message was given up");
    isNoted = true;
    const rows = new Map<string, Change>([...(beside ?? []), [PENDING + id, pending]]);
    beside = undefined;
    return rows;
  };
  return {
    ...address,
    sealed: (device) => devices.get(device),
    groupSealed: () => group,
    note(device, sealed) {
      devices.set(device, sealed);
      return changes();
    },
    noteGroup(sealed) {
      group = sealed;
      return changes();
    },
    stored() {
      isStored = true;
    },
    isNoted: () => isNoted,
    isStored: () => isStored,
    drop() {
      isDropped = true;
    },
    unseal() {
      isStored = false;
      devices.clear();
      group = undefined;
    },
    devices: () => [...devices.keys()],
  };
}

/** Reads the letter of a row and of what it says; nothing where that is known no more. */
export function readLetter(id: string, row: Uint8Array, body: Body | undefined): Letter | undefined {
  if (body === undefined) return undefined;
  const stored = JSON.parse(new TextDecoder().decode(row)) as Row;
  const { jid, reference, at, order } = stored;
  return letterOf({ id, jid, body, reference, at, order }, stored);
}

/** What is stored of a message that WhatsApp has, or that is sent again no more. */
export function takenChanges(id: string): Changes {
  return new Map([[PENDING + id, undefined]]);
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "base64"));
}
