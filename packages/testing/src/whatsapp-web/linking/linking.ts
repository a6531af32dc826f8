import { randomBytes } from "node:crypto";
import type { Account, LinkedDevice } from "../directory/account.ts";
import { lidJid, numberJid } from "../directory/directory.ts";
import { readJid, SERVER_JID } from "../directory/jid.ts";
import { announceDevice } from "../notices/contact-notices.ts";
import type { Passkeys } from "../passkey/passkey.ts";
import { passkeyOptions, passkeyRequest } from "../passkey/passkey-request.ts";
import { type Answer, type GuestHandler, type Room, refuse } from "../server/room.ts";
import type { World } from "../server/world.ts";
import type { Connection } from "../wire/connection.ts";
import { type BinaryNode, bytesOf, childOf, node, textOf } from "../wire/node.ts";
import { checkDeviceSignature, signCompanion } from "./adv.ts";
import { isPlatform, type LinkCodeExchange, linkCodeExchange } from "./link-code.ts";
import { linkedDevice } from "./linked-device.ts";
import { BAD_USER_AGENT, fail, isNameless, isOutdated, logIn } from "./login.ts";
import { readQr } from "./qr.ts";
import { type Registration, readRegistration } from "./registration.ts";

/** How clients become devices of an account, and log in as such. */
export interface Linking extends Room {
  /** A client has shaken hands: it is let in, or shown refs to be linked with. */
  opened(connection: Connection): void;
  ended(connection: Connection): void;
  /** The phone scans a QR code. Rejects when the code is none, is not shown any more or the client's signature is wrong. */
  scan(account: Account, qr: string): Promise<LinkedDevice>;
  /** The person types the code that a client shows. Rejects when no client waits for this number, or when the code is wrong. */
  type(account: Account, code: string): Promise<LinkedDevice>;
  /** Ends the code that a client has asked for. Throws when none has. */
  endCode(account: Account, how: CodeEnd): void;
  /** Tells the client that shows a QR code to make a new secret: nobody can be linked by the one in it any more. Throws when no client shows it. */
  refresh(qr: string, child: QrRefresh): void;
}

/** How a code ends before it was used. */
export type CodeEnd = "refresh" | "manual refresh" | "without keys";

/** The two names under which WhatsApp tells a client to make a new secret (Baileys#2737). */
export type QrRefresh = "companion_reg_refresh" | "pair-device-rotate-qr";

interface Guest {
  readonly connection: Connection;
  readonly registration: Registration;
  readonly refs: readonly { readonly ref: string; readonly expiresAt: number }[];
  /** Secrets that were to be replaced, as text. */
  readonly burnt: Set<string>;
}

interface CodeRequest {
  readonly guest: Guest;
  readonly ref: Buffer;
  readonly wrapped: Buffer;
  /** The person has typed the code, so that the phone expects the client's last message. */
  isTyped: boolean;
  /** The client's last message. */
  bundle: Buffer | undefined;
}

// the first QR code is shown for a minute, the others for twenty seconds each, as Baileys 7.0.0-rc14 does
const FIRST_REF_MS = 60_000;
const NEXT_REF_MS = 20_000;

/** The room of linking. */
export function linking(world: World, passkeys: Passkeys): Linking {
  const guests = new Map<Connection, Guest>();
  const codeRequests = new Map<string, CodeRequest>();

  const invite = (connection: Connection, registration: Registration): void => {
    const now = world.clock.now();
    const refs = Array.from({ length: world.settings.qrRefs }, (_unused, index) => ({
      ref: `2@${randomBytes(24).toString("base64")}`,
      expiresAt: now + FIRST_REF_MS + index * NEXT_REF_MS,
    }));
    guests.set(connection, { connection, registration, refs, burnt: new Set() });
    const shown = refs.map(({ ref }) => node("ref", {}, Buffer.from(ref)));
    // a client that goes away before it has answered is no concern of anybody
    connection.ask(node("iq", { from: SERVER_JID, type: "set", xmlns: "md" }, [node("pair-device", {}, shown)])).catch(() => {});
    world.after((refs.at(-1)?.expiresAt ?? now) - now, () => guests.has(connection) && connection.close());
  };

  const guestOf = (ref: string): Guest | undefined => [...guests.values()].find(({ refs }) => refs.some((each) => each.ref === ref));
  const notify = (connection: Connection, type: string, child: BinaryNode): void =>
    connection.send(node("notification", { from: SERVER_JID, type, id: world.nextId(), t: world.seconds() }, [child]));

  const pair = async (account: Account, { connection, registration }: Guest, advSecret: Buffer): Promise<LinkedDevice> => {
    if (!guests.delete(connection)) throw new Error("this client is being linked already");
    const id = account.nextDevice;
    account.nextDevice += 1;
    const phone = account.phone.signal.identity;
    const { identityKey } = registration;
    const signed = signCompanion(world.baileys, phone, { keyIndex: id, timestamp: world.seconds(), identityKey, advSecret });
    const success = node("pair-success", {}, [
      node("device-identity", {}, signed.envelope),
      node("device", { jid: numberJid(account, id), lid: lidJid(account, id) }),
      node("platform", { name: account.business === undefined ? "android" : "smba" }),
      account.business === undefined ? undefined : node("biz", { name: account.business }),
    ]);
    const answer = await connection.ask(node("iq", { from: SERVER_JID, type: "set", xmlns: "md" }, [success]));
    const identity = childOf(childOf(answer, "pair-device-sign"), "device-identity");
    const signedIdentity = attempt(connection, () => {
      if (identity?.attrs["key-index"] !== String(id)) throw new Error("the companion answers for another key index");
      return checkDeviceSignature(world.baileys, phone.public, signed, identityKey, bytesOf(identity));
    });
    const device = linkedDevice(world, account, { id, staticKey: connection.staticKey, registration, signedIdentity });
    account.devices.set(id, device);
    announceDevice(world, account, "add", device);
    connection.send(node("stream:error", { code: 515 }));
    connection.close();
    world.changes.happened();
    return device;
  };

  /** Links a client, once it has proved itself by a passkey where WhatsApp wants one. */
  const link = async (account: Account, guest: Guest, advSecret: Buffer): Promise<LinkedDevice> => {
    const { passkey } = account;
    if (passkey === undefined) return pair(account, guest, advSecret);
    if (passkey !== "nobody") return pair(account, guest, await passkeys.ask(guest, passkey, advSecret));
    guest.connection.send(passkeyRequest(world.nextId(), world.seconds(), passkeyOptions()));
    throw new Error("WhatsApp asks for a passkey before it links this device");
  };

  const hello = ({ connection, child }: Parameters<GuestHandler>[0]): Answer => {
    const guest = guests.get(connection);
    const number = readJid(child?.attrs.jid)?.user ?? "";
    if (guest === undefined || world.directory.byNumber(number) === undefined) return refuse(404, "item-not-found");
    if (!connection.staticKey.equals(bytesOf(childOf(child, "companion_server_auth_key_pub")))) return refuse(400, "bad-request");
    if (!isPlatform(textOf(childOf(child, "companion_platform_display")))) return refuse(400, "bad-request");
    const ref = Buffer.from(world.nextId());
    const wrapped = bytesOf(childOf(child, "link_code_pairing_wrapped_companion_ephemeral_pub"));
    codeRequests.set(number, { guest, ref, wrapped, isTyped: false, bundle: undefined });
    return [node("link_code_companion_reg", { stage: "companion_hello" }, [node("link_code_pairing_ref", {}, ref)])];
  };

  const finish = ({ child, connection, after }: Parameters<GuestHandler>[0]): Answer => {
    const waiting = codeRequests.get(readJid(child?.attrs.jid)?.user ?? "");
    const isExpected =
      waiting?.isTyped === true &&
      waiting.guest.connection === connection &&
      waiting.ref.equals(bytesOf(childOf(child, "link_code_pairing_ref"))) &&
      waiting.guest.registration.identityKey.equals(bytesOf(childOf(child, "companion_identity_public")));
    if (!isExpected) return refuse(400, "bad-request");
    after(() => {
      waiting.bundle = bytesOf(childOf(child, "link_code_pairing_wrapped_key_bundle"));
    });
    return undefined;
  };

  const exchangeKeys = async (account: Account, request: CodeRequest, exchange: LinkCodeExchange): Promise<Buffer> => {
    request.isTyped = true;
    const content = node("link_code_companion_reg", { stage: "primary_hello" }, [
      node("link_code_pairing_wrapped_primary_ephemeral_pub", {}, exchange.wrapped),
      node("primary_identity_pub", {}, account.phone.signal.identity.public),
      node("link_code_pairing_ref", {}, request.ref),
    ]);
    notify(request.guest.connection, "link_code_companion_reg", content);
    const bundle = await world.changes.until("the client's answer to the code", () => request.bundle);
    codeRequests.delete(account.number);
    return exchange.finish(bundle, request.guest.registration.identityKey);
  };

  return {
    opened: (connection) => {
      const registration = readRegistration(connection.hello);
      if (registration === undefined) logIn(world, connection);
      else if (isNameless(connection)) fail(connection, { reason: BAD_USER_AGENT });
      else if (isOutdated(world, connection)) fail(connection, { reason: "405" });
      else invite(connection, registration);
      world.changes.happened();
    },
    ended: (connection) => {
      guests.delete(connection);
      passkeys.ended(connection);
      for (const [number, { guest }] of codeRequests) if (guest.connection === connection) codeRequests.delete(number);
      const session = world.sessions.get(connection);
      world.sessions.delete(connection);
      if (session?.device.connection === connection) {
        session.device.connection = undefined;
        session.device.mailbox.close();
      }
      world.changes.happened();
    },
    scan: async (account, qr) => {
      const { ref, staticKey, identityKey, advSecret } = readQr(qr);
      const guest = guestOf(ref);
      const shown = guest?.refs.find((each) => each.ref === ref);
      if (guest === undefined || shown === undefined) {
        throw new Error("this QR code has expired, or is not of this server: look whether the client's waWebSocketUrl is the server's url");
      }
      if (shown.expiresAt <= world.clock.now()) throw new Error("this QR code has expired by the server's clock");
      if (!guest.connection.staticKey.equals(staticKey) || !guest.registration.identityKey.equals(identityKey)) {
        throw new Error("this QR code holds other keys than the client that got its ref");
      }
      if (guest.burnt.has(advSecret.toString("hex"))) throw new Error("this QR code holds a secret that its client was told to replace");
      return link(account, guest, advSecret);
    },
    type: async (account, code) => {
      const what = `a client that asks to be linked to ${account.number} by a code`;
      const request = await world.changes.until(what, () => codeRequests.get(account.number));
      const exchange = await linkCodeExchange(code, account.phone.signal.identity, request.wrapped);
      const advSecret = await exchangeKeys(account, request, exchange);
      return link(account, request.guest, advSecret);
    },
    endCode: (account, how) => {
      const request = codeRequests.get(account.number);
      if (request === undefined) throw new Error(`no client asks to be linked to ${account.number} by a code`);
      codeRequests.delete(account.number);
      const ref = node("link_code_pairing_ref", {}, request.ref);
      const attributes =
        how === "without keys"
          ? { stage: "primary_hello" }
          : { stage: "refresh_code", force_manual_refresh: String(how === "manual refresh") };
      notify(request.guest.connection, "link_code_companion_reg", node("link_code_companion_reg", attributes, [ref]));
    },
    refresh: (qr, child) => {
      const { ref, advSecret } = readQr(qr);
      const guest = guestOf(ref);
      if (guest === undefined) throw new Error("no client shows this QR code");
      guest.burnt.add(advSecret.toString("hex"));
      notify(guest.connection, "companion_reg_refresh", node(child));
    },
    guestRequests: {
      "md:set:link_code_companion_reg": (request) => (request.child?.attrs.stage === "companion_hello" ? hello(request) : finish(request)),
    },
    requests: {
      "md:set:remove-companion-device": ({ child, after, connection }, { account, device }) => {
        // a companion has no say in the others
        if (world.directory.find(child?.attrs.jid)?.device !== device) return refuse(403, "forbidden");
        account.devices.delete(device.id);
        after(() => connection.close());
        return undefined;
      },
    },
  };
}

/** Answers what the work does; a client that it throws at is not let in. */
function attempt<Result>(connection: Connection, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    fail(connection, { reason: "401" });
    throw error;
  }
}
