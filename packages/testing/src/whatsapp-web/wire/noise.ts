import { type KeyPair, keyPair } from "../keys/key-pair.ts";
import { type CipherState, symmetricState } from "./symmetric-state.ts";

/** One handshake message, its parts apart: WhatsApp puts each in a field of its own, plain Noise writes them one after the other. */
export interface HandshakeParts {
  readonly ephemeral?: Uint8Array | undefined;
  readonly static?: Uint8Array | undefined;
  readonly payload?: Uint8Array | undefined;
}

/**
 * How a handshake goes. A client that knows nothing of the server begins with `XX`, one that has kept the server's static key with `IK`. A server that
 * cannot open the latter, its key being another by now, goes on with `XXfallback`, in which the ephemeral key that came is taken as it is.
 */
export type NoisePattern = "XX" | "XXfallback" | "IK";

/** One side of a handshake. */
export interface Noise {
  /** Makes this side's next message. */
  write(payload?: Uint8Array): HandshakeParts;
  /** Reads the other side's next message and answers its payload; throws when it was not made by this handshake. */
  read(parts: HandshakeParts): Buffer | undefined;
  /** The other side's static public key, once it was read. */
  readonly remoteStatic: Buffer | undefined;
  /** The handshake hash, 32 bytes. */
  readonly hash: Buffer;
  /** After the last message: what this side sends with and what it receives with. */
  split(): { readonly sending: CipherState; readonly receiving: CipherState };
}

/** What one side begins with. */
export interface NoiseOptions {
  /** `XX` where absent. */
  readonly pattern?: NoisePattern;
  readonly role: "initiator" | "responder";
  readonly prologue: Uint8Array;
  readonly static: KeyPair;
  /** A new one where absent. */
  readonly ephemeral?: KeyPair;
  /** The responder's static key, which an initiator has to know for `IK`. */
  readonly remoteStatic?: Uint8Array;
}

const XX: readonly (readonly Token[])[] = [["e"], ["e", "ee", "s", "es"], ["s", "se"]];
const PATTERNS: Readonly<Record<NoisePattern, readonly (readonly Token[])[]>> = {
  XX: XX,
  XXfallback: XX,
  IK: [
    ["e", "es", "s", "ss"],
    ["e", "ee", "se"],
  ],
};

/**
 * The handshakes `Noise_<pattern>_25519_AESGCM_SHA256`. A message without a payload does not mix an empty one into the hash: that is how WhatsApp's
 * first message differs from the specification, which always mixes one (as Baileys 7.0.0-rc14 sends it).
 */
export function noise({ pattern = "XX", role, prologue, static: own, ephemeral = keyPair(), remoteStatic: known }: NoiseOptions): Noise {
  const state = symmetricState(`Noise_${pattern}_25519_AESGCM_SHA256`);
  state.mixHash(prologue);
  const isInitiator = role === "initiator";
  let remoteEphemeral: Buffer | undefined;
  let remoteStatic: Buffer | undefined = known && Buffer.from(known);
  let step = 0;
  // what both sides know before the first message
  if (pattern === "IK") state.mixHash(isInitiator ? present(remoteStatic, "responder's static key") : own.public);

  const tokens = (): readonly Token[] => {
    const next = PATTERNS[pattern][step];
    if (next === undefined) throw new Error("the handshake has ended");
    step += 1;
    return next;
  };
  /** `es` is the initiator's ephemeral with the responder's static key, `se` the other way round. */
  const mix = (token: "ee" | "es" | "se" | "ss"): void => {
    const withOwnStatic = token === "ss" || (token !== "ee" && (token === "se") === isInitiator);
    const withTheirStatic = token === "ss" || (token !== "ee" && !withOwnStatic);
    const theirs = withTheirStatic ? remoteStatic : remoteEphemeral;
    if (theirs === undefined) throw new Error(`${token} came before the key it needs`);
    state.mixKey((withOwnStatic ? own : ephemeral).agree(theirs));
  };

  return {
    get hash() {
      return state.hash;
    },
    get remoteStatic() {
      return remoteStatic;
    },
    write: (payload) => {
      const parts: { -readonly [Part in keyof HandshakeParts]: HandshakeParts[Part] } = {};
      for (const token of tokens()) {
        if (token === "e") {
          parts.ephemeral = ephemeral.public;
          state.mixHash(ephemeral.public);
        } else if (token === "s") parts.static = state.sealAndHash(own.public);
        else mix(token);
      }
      if (payload !== undefined) parts.payload = state.sealAndHash(payload);
      return parts;
    },
    read: (parts) => {
      for (const token of tokens()) {
        if (token === "e") {
          remoteEphemeral = present(parts.ephemeral, "ephemeral key");
          state.mixHash(remoteEphemeral);
        } else if (token === "s") remoteStatic = state.openAndHash(present(parts.static, "static key"));
        else mix(token);
      }
      return parts.payload === undefined ? undefined : state.openAndHash(parts.payload);
    },
    split: () => {
      const [initiator, responder] = state.split();
      return isInitiator ? { sending: initiator, receiving: responder } : { sending: responder, receiving: initiator };
    },
  };
}

type Token = "e" | "s" | "ee" | "es" | "se" | "ss";

function present(part: Uint8Array | undefined, name: string): Buffer {
  if (part === undefined || part.length === 0) throw new Error(`the handshake lacks its ${name}`);
  return Buffer.from(part);
}
