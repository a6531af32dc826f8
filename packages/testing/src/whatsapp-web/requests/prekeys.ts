import { createHash } from "node:crypto";
import type { Device, LinkedDevice } from "../directory/account.ts";
import { signedIdentity } from "../linking/adv.ts";
import { type Answer, type Room, refuse } from "../server/room.ts";
import type { World } from "../server/world.ts";
import { isVouchedFor, type KeyBundle } from "../signal/bundle.ts";
import { type BinaryNode, bytesOf, childOf, childrenOf, node, readUint, uint } from "../wire/node.ts";

const KEY_TYPE = Buffer.from([5]);
const KEY_BYTES = 32;

/** The room of Signal's public keys: what clients upload and what they fetch of others. */
export function preKeys(world: World): Room {
  const identityOf = identities(world);
  return {
    requests: {
      "encrypt:get:count": (_request, { device }) => [node("count", { value: device.preKeys.length })],
      "encrypt:get:digest": (_request, { device: { preKeys: left, registrationId, identityKey, signedPreKey } }) =>
        left.length === 0
          ? refuse(404, "item-not-found")
          : [
              node("digest", {}, [
                ...identity(registrationId, identityKey),
                signed(signedPreKey),
                node(
                  "list",
                  {},
                  left.map(({ id }) => node("id", {}, uint(id, 3))),
                ),
                node("hash", {}, digestOf(identityKey, signedPreKey, left)),
              ]),
            ],
      "encrypt:set:registration": ({ iq }, { device }) => {
        const signedPreKey = sameOr(device.signedPreKey, readSigned(childOf(iq, "skey")));
        const keys = new Map(
          childrenOf(childOf(iq, "list"), "key")
            .map(readKey)
            .map((key) => [key.id, key]),
        );
        const isOwn =
          bytesOf(childOf(iq, "identity")).equals(device.identityKey) &&
          readUint(bytesOf(childOf(iq, "registration"))) === device.registrationId;
        const areKeys = [...keys.values()].every(({ publicKey }) => publicKey.length === KEY_BYTES);
        if (!isOwn || !areKeys || !isVouchedFor(device.identityKey, signedPreKey)) return refuse(406, "not-acceptable");
        device.signedPreKey = signedPreKey;
        const others = device.preKeys.filter(({ id }) => !keys.has(id));
        device.preKeys.splice(0, device.preKeys.length, ...others, ...keys.values());
        return undefined;
      },
      "encrypt:set:rotate": ({ child }, { device }) => {
        const signedPreKey = readSigned(childOf(child, "skey"));
        if (!isVouchedFor(device.identityKey, signedPreKey)) return refuse(406, "not-acceptable");
        device.signedPreKey = signedPreKey;
        return undefined;
      },
      "encrypt:get:key": ({ child }): Answer => [
        node(
          "list",
          {},
          childrenOf(child, "user").map(({ attrs: { jid } }) => {
            const device = world.directory.find(jid)?.device;
            if (device === undefined) return unknownUser(jid);
            return node("user", { jid }, [...bundleNodes(device.takeBundle()), identityOf(device)]);
          }),
        ),
      ],
      // the keys of named devices, for a client that has missed some: as zapo 1.8.0 asks for them
      "encrypt:get:key_fetch": ({ child }): Answer => [
        node(
          "list",
          {},
          childrenOf(child, "user").map((user) => {
            const { jid } = user.attrs;
            const account = world.directory.find(jid)?.account;
            if (account === undefined) return unknownUser(jid);
            const devices = childrenOf(user, "device").map(({ attrs: { id } }) => {
              const device = account.devices.get(Number(id));
              return device && node("device", { id }, [...bundleNodes(device.takeBundle()), identityOf(device)]);
            });
            return node("user", { jid }, devices);
          }),
        ),
      ],
    },
  };
}

function unknownUser(jid: string | undefined): BinaryNode {
  return node("user", { jid }, [node("error", { code: 404, text: "item-not-found" })]);
}

/** What both sides of a companion have signed, with its keys; a phone has none. */
function identities({ baileys, seconds }: World): (device: Device) => BinaryNode | undefined {
  const made = new WeakMap<Device, Uint8Array>();
  return (device) => {
    if (device.id === 0) return undefined;
    if (device.kind === "linked") return node("device-identity", {}, device.signedIdentity);
    const identity =
      made.get(device) ?? signedIdentity(baileys, device.account.phone.signal.identity, device.signal.identity, device.keyIndex, seconds());
    made.set(device, identity);
    return node("device-identity", {}, identity);
  };
}

/** SHA-1 over the public keys and the signature in the order of the digest, by which WhatsApp Web sees that both sides hold the same ones. */
function digestOf(identityKey: Uint8Array, { publicKey, signature }: KeyBundle["signedPreKey"], left: LinkedDevice["preKeys"]): Buffer {
  const parts = [identityKey, publicKey, signature, ...left.map((key) => key.publicKey)];
  return createHash("sha1").update(Buffer.concat(parts)).digest();
}

/** The public keys of a device as nodes: the registration first. */
export function bundleNodes({ registrationId, identityKey, signedPreKey, preKey }: KeyBundle): readonly (BinaryNode | undefined)[] {
  return [
    ...identity(registrationId, identityKey),
    signed(signedPreKey),
    preKey && node("key", {}, [node("id", {}, uint(preKey.id, 3)), node("value", {}, preKey.publicKey)]),
  ];
}

function identity(registrationId: number, identityKey: Uint8Array): readonly BinaryNode[] {
  return [node("registration", {}, uint(registrationId, 4)), node("type", {}, KEY_TYPE), node("identity", {}, identityKey)];
}

function signed({ id, publicKey, signature }: KeyBundle["signedPreKey"]): BinaryNode {
  return node("skey", {}, [node("id", {}, uint(id, 3)), node("value", {}, publicKey), node("signature", {}, signature)]);
}

/** The key that the server has already, where it was uploaded again. */
function sameOr(known: KeyBundle["signedPreKey"], uploaded: KeyBundle["signedPreKey"]): KeyBundle["signedPreKey"] {
  const isSame =
    known.id === uploaded.id &&
    Buffer.from(known.publicKey).equals(uploaded.publicKey) &&
    Buffer.from(known.signature).equals(uploaded.signature);
  return isSame ? known : uploaded;
}

function readSigned(skey: BinaryNode | undefined): KeyBundle["signedPreKey"] {
  return { ...readKey(skey), signature: bytesOf(childOf(skey, "signature")) };
}

/** Reads a one-time prekey. */
export function readKey(key: BinaryNode | undefined): { readonly id: number; readonly publicKey: Buffer } {
  return { id: readUint(bytesOf(childOf(key, "id"))), publicKey: bytesOf(childOf(key, "value")) };
}
