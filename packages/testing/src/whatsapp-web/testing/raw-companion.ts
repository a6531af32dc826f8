import { randomBytes } from "node:crypto";
import { loadBaileys } from "../baileys.ts";
import { type KeyPair, keyPair } from "../keys/key-pair.ts";
import { sign } from "../keys/signature.ts";
import type { Phone } from "../phones/phone.ts";
import { typed } from "../signal/signal-message.ts";
import { bytesOf, childOf, node, textOf, uint } from "../wire/node.ts";
import { type RawClient, type RawHello, rawClient } from "./raw-client.ts";

/** A client with keys of its own that asks to be linked, and may do it wrong. */
export interface RawCompanion {
  readonly client: RawClient;
  readonly identity: KeyPair;
  /** What its QR code says. */
  readonly qr: string;
  /** Waits for the phone's signature and answers it; what it signs can be another thing. */
  answer(mistake?: Partial<CompanionAnswer>): Promise<void>;
  /** Its identity as both sides have signed it, for the messages that begin a session. Throws before it has answered. */
  deviceIdentity(): Uint8Array;
  /** Logs in with the keys it was linked with. */
  logIn(number: string, device: number): Promise<RawClient>;
}

/** What a companion answers when it is linked. */
export interface CompanionAnswer {
  readonly keyIndex: string;
  readonly details: Uint8Array;
  readonly accountSignatureKey: Uint8Array;
  readonly accountSignature: Uint8Array;
  readonly signer: KeyPair;
  /** The two bytes in front of what is signed. */
  readonly head: Uint8Array;
}

/** What every client says of itself. */
export const introduced: RawHello = {
  userAgent: { platform: 14, appVersion: { primary: 2, secondary: 3_000, tertiary: 1_043_857_760 }, device: "Desktop" },
  passive: true,
};

/** What a client says of itself when it asks to be linked. */
export function registrationHello(identity: KeyPair, signedPreKey: KeyPair = keyPair()): RawHello {
  return {
    ...introduced,
    devicePairingData: {
      eIdent: identity.public,
      eRegid: uint(7, 4),
      eSkeyId: uint(1, 3),
      eSkeyVal: signedPreKey.public,
      eSkeySig: sign(identity, typed(signedPreKey.public)),
    },
  };
}

/** Connects and shows its first QR code. */
export async function rawCompanion(url: string): Promise<RawCompanion> {
  const { proto } = await loadBaileys();
  const [identity, staticKey] = [keyPair(), keyPair()];
  const client = await rawClient(url, registrationHello(identity), staticKey);
  const invitation = await client.next(({ tag }) => tag === "iq");
  const ref = textOf(childOf(childOf(invitation, "pair-device"), "ref"));
  let carried: Uint8Array | undefined;
  const secrets = [staticKey.public, identity.public, randomBytes(32)].map((key) => key.toString("base64"));
  return {
    client,
    identity,
    qr: [ref, ...secrets, "1"].join(","),
    answer: async (mistake = {}) => {
      const offer = await client.next((stanza) => childOf(stanza, "pair-success") !== undefined);
      const success = childOf(offer, "pair-success");
      const { details: sealed } = proto.ADVSignedDeviceIdentityHMAC.decode(bytesOf(childOf(success, "device-identity")));
      const signed = proto.ADVSignedDeviceIdentity.decode(sealed ?? Buffer.alloc(0));
      const details = signed.details ?? Buffer.alloc(0);
      const accountKey = signed.accountSignatureKey ?? Buffer.alloc(0);
      const message = Buffer.concat([mistake.head ?? Buffer.from([6, 1]), details, identity.public, accountKey]);
      const answered = {
        details: mistake.details ?? details,
        accountSignature: mistake.accountSignature ?? signed.accountSignature ?? null,
        deviceSignature: sign(mistake.signer ?? identity, message),
      };
      carried = proto.ADVSignedDeviceIdentity.encode({ ...answered, accountSignatureKey: accountKey }).finish();
      const identityNode = proto.ADVSignedDeviceIdentity.encode({
        ...answered,
        ...(mistake.accountSignatureKey && { accountSignatureKey: mistake.accountSignatureKey }),
      }).finish();
      const keyIndex = mistake.keyIndex ?? String(proto.ADVDeviceIdentity.decode(details).keyIndex);
      const answer = node("pair-device-sign", {}, [node("device-identity", { "key-index": keyIndex }, identityNode)]);
      client.send(node("iq", { id: offer.attrs.id, to: "s.whatsapp.net", type: "result" }, [answer]));
    },
    deviceIdentity: () => {
      if (carried === undefined) throw new Error("the companion has not answered its phone yet");
      return carried;
    },
    logIn: (number, device) => rawClient(url, { ...introduced, username: Number(number), device }, staticKey),
  };
}

/** Links a companion that does everything right, and logs it in. */
export async function linkedRawClient(url: string, phone: Phone): Promise<RawClient> {
  const companion = await rawCompanion(url);
  const scanned = phone.scan(companion.qr);
  await companion.answer();
  const { id } = await scanned;
  await companion.client.ended();
  const client = await companion.logIn(phone.number, id);
  await client.next(({ tag }) => tag === "success");
  return client;
}

/** Links a client, logs it in and lets it ask for its messages, of which there are none. */
export async function activeRawClient(url: string, phone: Phone): Promise<RawClient> {
  const client = await linkedRawClient(url, phone);
  client.send(node("iq", { id: "on", to: "s.whatsapp.net", type: "set", xmlns: "passive" }, [node("active")]));
  client.send(node("ib", {}, [node("offline_batch", { count: 200 })]));
  await client.next((stanza) => childOf(stanza, "offline") !== undefined);
  return client;
}

/** Asks for something that is answered behind everything that was sent before. */
export async function everythingIsRead(client: RawClient): Promise<void> {
  const id = `ping-${client.received.length}`;
  client.send(node("iq", { id, to: "s.whatsapp.net", type: "get", xmlns: "w:p" }, [node("ping")]));
  await client.next(({ attrs }) => attrs.id === id);
}
