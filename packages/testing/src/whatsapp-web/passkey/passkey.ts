import { randomBytes } from "node:crypto";
import type { Registration } from "../linking/registration.ts";
import { type Answer, type Request, type Room, refuse } from "../server/room.ts";
import type { World } from "../server/world.ts";
import type { Connection } from "../wire/connection.ts";
import { bytesOf, childOf, node } from "../wire/node.ts";
import { type PasskeyExchange, passkeyExchange } from "./passkey-exchange.ts";
import type { PasskeyPerson } from "./passkey-person.ts";
import { passkeyContinuation, passkeyOptions, passkeyRequest } from "./passkey-request.ts";

/** Clients that have to prove themselves by a passkey before they are linked. */
export interface Passkeys extends Room {
  /** Asks a client. Resolves with its new ADV secret; rejects when the passkey or the code is refused, or the client does it wrong or goes away. */
  ask(
    guest: { readonly connection: Connection; readonly registration: Registration },
    person: PasskeyPerson,
    advSecret: Uint8Array,
  ): Promise<Buffer>;
  ended(connection: Connection): void;
}

interface Asked {
  readonly person: PasskeyPerson;
  readonly registration: Registration;
  readonly advSecret: Uint8Array;
  readonly options: string;
  readonly ref: string;
  exchange: PasskeyExchange | undefined;
  isConfirmed: boolean;
  resolve(advSecret: Buffer): void;
  reject(error: Error): void;
}

/** The room of passkeys. */
export function passkeys(world: World): Passkeys {
  const asked = new Map<Connection, Asked>();

  /** Answers a client that was asked; what it does wrong ends the linking. */
  const step =
    (work: (state: Asked, request: Request) => Answer) =>
    (request: Request): Answer => {
      const state = asked.get(request.connection);
      if (state === undefined) return refuse(400, "bad-request");
      try {
        return work(state, request);
      } catch (error) {
        asked.delete(request.connection);
        request.after(() => state.reject(error instanceof Error ? error : new Error(String(error))));
        return refuse(401, "not-authorized");
      }
    };

  return {
    ask: ({ connection, registration }, person, advSecret) =>
      new Promise((resolve, reject) => {
        const options = passkeyOptions();
        const ref = randomBytes(16).toString("base64url");
        asked.set(connection, { person, registration, advSecret, options, ref, exchange: undefined, isConfirmed: false, resolve, reject });
        connection.send(passkeyRequest(world.nextId(), world.seconds(), person.fetchesOptions === true ? undefined : options));
      }),
    ended: (connection) => {
      asked.get(connection)?.reject(new Error("the client went away before its passkey was granted"));
      asked.delete(connection);
    },
    guestRequests: {
      "md:get:passkey_request_options": step(({ options }) => [node("passkey_request_options", {}, Buffer.from(options))]),
      "md:get:ref": step(({ ref }) => [node("ref", {}, Buffer.from(ref))]),
      "md:set:passkey_prologue": step((state, { child, connection, after }) => {
        const [credentialId, assertion] = [bytesOf(childOf(child, "credential_id")), bytesOf(childOf(child, "webauthn_assertion"))];
        if (state.person.grants?.({ credentialId, assertion, options: state.options }) === false)
          throw new Error("the passkey was refused");
        const proof = childOf(child, "pairing_handoff_proof");
        const payload = bytesOf(childOf(child, "prologue_payload"));
        const { advSecret, ref } = state;
        const exchange = passkeyExchange(world.baileys, { payload, handoffProof: proof && bytesOf(proof), advSecret, ref });
        state.exchange = exchange;
        after(() => connection.send(passkeyContinuation(world.nextId(), world.seconds(), exchange.answer)));
        return undefined;
      }),
      "md:set:companion_nonce": step((state, { child }) => {
        const code = begun(state).reveal(bytesOf(child));
        if (!begun(state).isHandedOff && state.person.confirms?.(code) === false) throw new Error("the codes are not the same");
        state.isConfirmed = true;
        return undefined;
      }),
      "md:set:encrypted_pairing_request": step((state, { child, connection, after }) => {
        if (!state.isConfirmed) throw new Error("the client asks to be linked before its nonce is known");
        const { staticKey, identityKey, advSecret } = begun(state).open(bytesOf(child));
        if (!staticKey.equals(connection.staticKey) || !identityKey.equals(state.registration.identityKey)) {
          throw new Error("the client asks to be linked under other keys than its own");
        }
        asked.delete(connection);
        after(() => state.resolve(advSecret));
        return undefined;
      }),
    },
  };
}

function begun({ exchange }: Asked): PasskeyExchange {
  if (exchange === undefined) throw new Error("the client goes on before it has begun");
  return exchange;
}
