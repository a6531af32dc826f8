import { type KeyPair, keyPair } from "../keys/key-pair.ts";
import { type CipherState, symmetricState } from "./symmetric-state.ts";

/** One handshake message, its parts apart: WhatsApp puts each in a field of its own, plain Noise writes them one after the other. */
export interface HandshakeParts {
  readonly ephemeral?: Uint8Array | undefined;
  readonly static?: Uint8Array | undefined;
  readonly payload?: Uint8Array | undefined;
}

/** One side of the pattern XX: `-> e`, `<- e, ee, s, es`, `-> s, se`. */
export interface NoiseXX {
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
export interface NoiseXXOptions {
  readonly role: "initiator" | "responder";
  readonly prologue: Uint8Array;
  readonly static: KeyPair;
  /** A new one where absent. */
  readonly ephemeral?: KeyPair;
}

const PATTERN = [["e"], ["e", "ee", "s", "es"], ["s", "se"]] as const;

/**
 * The handshake `Noise_XX_25519_AESGCM_SHA256`. A message without a payload does not mix an empty one into the hash: that is how WhatsApp's
 * first message differs from the specification, which always mixes one (as Baileys 7.0.0-rc14 sends it).
 */
export function noiseXX({ role, prologue, static: own, ephemeral = keyPair() }: NoiseXXOptions): NoiseXX {
  const state = symmetricState("Noise_XX_25519_AESGCM_SHA256");
  state.mixHash(prologue);
  const isInitiator = role === "initiator";
  let remoteEphemeral: Buffer | undefined;
  let remoteStatic: Buffer | undefined;
  let step = 0;

  const tokens = (): (typeof PATTERN)[number] => {
    const next = PATTERN[step];
    if (next === undefined) throw new Error("the handshake has ended");
    step += 1;
    return next;
  };
  /** `es` is the initiator's ephemeral with the responder's static key, `se` the other way round. */
  const mix = (token: "ee" | "es" | "se"): void => {
    const withOwnStatic = token !== "ee" && (token === "se") === isInitiator;
    const withTheirStatic = token !== "ee" && !withOwnStatic;
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

function present(part: Uint8Array | undefined, name: string): Buffer {
  if (part === undefined || part.length === 0) throw new Error(`the handshake lacks its ${name}`);
  return Buffer.from(part);
}
