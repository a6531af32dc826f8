import { createHash, randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Baileys, loadBaileys } from "../baileys.ts";
import { createWhatsAppWeb } from "../create-whatsapp-web.ts";
import { derive, hmac } from "../keys/derive.ts";
import { type KeyPair, keyPair } from "../keys/key-pair.ts";
import { sealGcm } from "../keys/seal.ts";
import type { Phone } from "../phones/phone.ts";
import { type RawCompanion, rawCompanion } from "../testing/raw-companion.ts";
import type { WhatsAppWeb } from "../whatsapp-web.ts";
import { type BinaryNode, bytesOf, childOf, node, textOf } from "../wire/node.ts";
import { crockford } from "./passkey-exchange.ts";
import type { PasskeyPerson } from "./passkey-person.ts";

let web: WhatsAppWeb;
let shop: Phone;
let proto: Baileys["proto"];
beforeEach(async () => {
  ({ proto } = await loadBaileys());
  web = await createWhatsAppWeb();
  shop = web.addPhone({ number: "15550001111" });
});
afterEach(() => web.close());

interface Mistakes {
  readonly ref?: string;
  readonly proofOf?: Uint8Array;
  readonly hasNoProof?: boolean;
  readonly nonce?: Uint8Array;
  readonly keys?: KeyPair;
}

async function ask({ client }: RawCompanion, type: "get" | "set", child: BinaryNode): Promise<BinaryNode> {
  const id = `passkey-${child.tag}`;
  client.send(node("iq", { id, to: "s.whatsapp.net", type, xmlns: "md" }, [child]));
  return client.next(({ attrs }) => attrs.id === id);
}

const isRefused = ({ attrs }: BinaryNode): boolean => attrs.type === "error";

/** Walks through the exchange as whatsmeow does; answers the code that it shows, or where it was refused. */
async function walk(companion: RawCompanion, wrong: Mistakes = {}): Promise<string> {
  const { client, identity } = companion;
  const request = await client.next(({ attrs }) => attrs.type === "passkey_prologue_request");
  const embedded = childOf(request, "passkey_request_options");
  const options = embedded ?? childOf(await ask(companion, "get", node("passkey_request_options")), "passkey_request_options");
  const ref = textOf(childOf(await ask(companion, "get", node("ref")), "ref"));
  const [ephemeral, nonce] = [keyPair(), randomBytes(32)];
  const own = proto.CompanionEphemeralIdentity.encode({ publicKey: ephemeral.public, deviceType: 1, ref: wrong.ref ?? ref }).finish();
  const hash = createHash("sha256").update(own).update(nonce).digest();
  const payload = proto.ProloguePayload.encode({ companionEphemeralIdentity: own, commitment: { hash } }).finish();
  const secret = wrong.proofOf ?? Buffer.from(companion.qr.split(",")[3] ?? "", "base64");
  const proof = hmac(derive(secret, 32, { info: "shortcake-passkey-handoff-v1" }), payload);
  const prologue = [
    node("credential_id", {}, Buffer.from("my passkey")),
    node("webauthn_assertion", {}, Buffer.from(JSON.stringify({ signed: JSON.parse(textOf(options)).challenge }))),
    node("prologue_payload", {}, payload),
    wrong.hasNoProof ? undefined : node("pairing_handoff_proof", {}, proof),
  ];
  if (isRefused(await ask(companion, "set", node("passkey_prologue", {}, prologue)))) return "refused at its prologue";
  const continuation = await client.next(({ attrs }) => attrs.type === "crsc_continuation");
  const answer = proto.PrimaryEphemeralIdentity.decode(bytesOf(childOf(continuation, "primary_ephemeral_identity")));
  if (isRefused(await ask(companion, "set", node("companion_nonce", {}, wrong.nonce ?? nonce)))) return "refused at its nonce";
  const theirs = Buffer.from(answer.publicKey ?? []);
  const digest = createHash("sha256").update(nonce).update(theirs).digest();
  const code = crockford(Buffer.from(Array.from({ length: 5 }, (_unused, index) => (answer.nonce?.[index] ?? 0) ^ (digest[index] ?? 0))));
  const salt = Buffer.from(`Companion Pairing 1 with ref ${ref}`);
  const key = derive(ephemeral.agree(theirs), 32, { salt, info: "Pairing Information Encryption Key" });
  const companionPublicKey = (wrong.keys ?? client.staticKey).public;
  const plain = proto.PairingRequest.encode({
    companionPublicKey,
    companionIdentityKey: identity.public,
    advSecret: randomBytes(32),
  }).finish();
  const iv = randomBytes(12);
  const envelope = proto.EncryptedPairingRequest.encode({ encryptedPayload: sealGcm(key, iv, plain), iv }).finish();
  if (isRefused(await ask(companion, "set", node("encrypted_pairing_request", {}, envelope)))) return "refused at its request";
  return code;
}

async function link(person: PasskeyPerson, wrong: Mistakes = {}) {
  shop.demandPasskey(person);
  const companion = await rawCompanion(web.url);
  const scanned = shop.scan(companion.qr);
  scanned.catch(() => {});
  const shown = await walk(companion, wrong);
  return { companion, scanned, shown };
}

describe("a client that WhatsApp asks for a passkey", () => {
  it("is linked once the person has granted it, without comparing codes where it knows what was scanned", async () => {
    const asked: string[] = [];
    const { companion, scanned } = await link({
      grants: ({ credentialId, assertion, options }) => {
        asked.push(credentialId.toString());
        return JSON.parse(assertion.toString()).signed === JSON.parse(options).challenge;
      },
      confirms: () => {
        throw new Error("nobody is to be asked");
      },
    });
    await companion.answer();
    expect((await scanned).id).toBe(1);
    expect(asked).toEqual(["my passkey"]);
  });

  it("compares codes where it cannot prove that, and both sides show the same", async () => {
    let code = "";
    const confirms = (theirs: string): boolean => {
      code = theirs;
      return true;
    };
    const { companion, scanned, shown } = await link({ fetchesOptions: true, confirms }, { hasNoProof: true });
    expect([code, /^[1-9A-HJ-NP-TV-Z]{8}$/.test(code)]).toEqual([shown, true]);
    await companion.answer();
    await scanned;
  });

  it.each([
    ["whose passkey is refused", { grants: () => false }, {}, "refused at its prologue", "the passkey was refused"],
    ["whose code is another", { confirms: () => false }, { hasNoProof: true }, "refused at its nonce", "the codes are not the same"],
    ["that names another reference", {}, { ref: "another" }, "refused at its prologue", "another reference"],
    ["that proves another secret", {}, { proofOf: randomBytes(32) }, "refused at its prologue", "another secret"],
    ["that reveals another nonce", {}, { nonce: randomBytes(32) }, "refused at its nonce", "another nonce"],
    ["that asks for other keys", {}, { keys: keyPair() }, "refused at its request", "other keys"],
  ] as const)("%s is not linked", async (_what, person, wrong, where, why) => {
    const { companion, scanned, shown } = await link(person, wrong);
    expect(shown).toBe(where);
    await expect(scanned).rejects.toThrow(why);
    expect(shop.clients).toEqual([]);
    companion.client.close();
  });

  it("that goes away, or was never asked, is not linked", async () => {
    shop.demandPasskey({});
    const companion = await rawCompanion(web.url);
    const scanned = shop.scan(companion.qr);
    await companion.client.next(({ attrs }) => attrs.type === "passkey_prologue_request");
    companion.client.close();
    await expect(scanned).rejects.toThrow("went away");
    const other = await rawCompanion(web.url);
    expect(await ask(other, "get", node("ref"))).toMatchObject({ attrs: { type: "error" } });
    other.client.close();
  });
});
