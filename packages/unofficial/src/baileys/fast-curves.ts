import { createRequire } from "node:module";
import { x25519 } from "@noble/curves/ed25519.js";
import type { Logger } from "@wadesk/core";
import type { Baileys } from "./baileys.ts";
import { isSignedWithCurve, signWithCurve } from "./xeddsa.ts";

/** The two of `curve25519-js` that libsignal 6.0.0 reads anew at each call. */
interface Curve25519 {
  sign(privateKey: Uint8Array, message: Uint8Array, random?: Uint8Array): Uint8Array;
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}

/** What was made of one copy of `curve25519-js`. */
interface Quickened {
  readonly original: Curve25519;
  /** How many signatures the fast one has made. */
  signed: number;
}

// on the copy itself, where another copy of this package finds it
const QUICKENED = Symbol.for("@wadesk/unofficial fast curves");

/**
 * For Baileys 7.0.0-rc14 with libsignal 6.0.0, whose signatures take 10 ms of JavaScript each. Replaces `sign` and `verify` of the copy of `curve25519-js` below the
 * Baileys whose path is given, once for each copy in a process, after both were tried against the original. A wrong signature makes `verify` throw, by which Baileys'
 * `Curve.verify` refuses it: as it is, it takes any. Then Baileys' own `Curve.sign` is asked whether it comes here. Answers whether it does; where not, everything is
 * as it was, and one warning says which copy was found.
 */
export function quickenCurves({ Curve }: Pick<Baileys, "Curve">, pathOf: () => string, log: Logger): boolean {
  let place = "none";
  try {
    const path = pathOf();
    place = path;
    const below = createRequire(createRequire(path).resolve("libsignal/src/curve.js"));
    place = below.resolve("curve25519-js");
    const curves = below("curve25519-js") as Curve25519;
    const known = Reflect.get(curves, QUICKENED) as Quickened | undefined;
    const quickened = known ?? replace(curves);
    const before = quickened.signed;
    Curve.sign(Buffer.alloc(32, 1), Buffer.from("whose signature is this?"));
    if (quickened.signed > before) return true;
    // whoever else has this copy keeps it as it was
    if (known === undefined) Object.assign(curves, quickened.original);
    if (known === undefined) Reflect.deleteProperty(curves, QUICKENED);
    throw new Error("it is not the one that Baileys signs with");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log.warn(
      { copy: place, reason },
      "signatures stay slow, and forged ones are not all refused: install one copy of @whiskeysockets/baileys, beside @wadesk/unofficial, or set fastCurves: false",
    );
    return false;
  }
}

function replace(curves: Curve25519): Quickened {
  const original: Curve25519 = { sign: curves.sign, verify: curves.verify };
  const wrong = firstDifference(original);
  if (wrong !== undefined) throw new Error(`its ${wrong} differ from those that are known`);
  const quickened: Quickened = { original, signed: 0 };
  curves.sign = (privateKey, message, random) => {
    if (random !== undefined || !isBytes(privateKey, 32) || !isBytes(message)) return original.sign(privateKey, message, random);
    quickened.signed += 1;
    return signWithCurve(privateKey, message);
  };
  curves.verify = (publicKey, message, signature) => {
    if (!isBytes(publicKey, 32) || !isBytes(message) || !isBytes(signature, 64)) return original.verify(publicKey, message, signature);
    if (isSignedWithCurve(publicKey, message, signature)) return true;
    throw new Error("the signature is not that of the key");
  };
  Object.defineProperty(curves, QUICKENED, { value: quickened, configurable: true });
  return quickened;
}

/** Keys to try them with: the point of one is odd, that of the other even. */
const SIGNERS: readonly Buffer[] = [Buffer.alloc(32, 1), Buffer.alloc(32, 3)];

/** What differs between the original and these; nothing where all is the same. */
function firstDifference(original: Curve25519): "signatures" | "verifications" | undefined {
  const message = Buffer.from("what is signed");
  for (const privateKey of SIGNERS) {
    const publicKey = x25519.getPublicKey(privateKey);
    const signature = signWithCurve(privateKey, message);
    if (!Buffer.from(original.sign(privateKey, message)).equals(signature)) return "signatures";
    const forged = Uint8Array.from(signature, (byte, index) => (index === 40 ? byte ^ 1 : byte));
    for (const [given, genuine] of [
      [signature, true],
      [forged, false],
    ] as const)
      for (const isSigned of [isSignedWithCurve, original.verify])
        if (isSigned(publicKey, message, given) !== genuine) return "verifications";
  }
  return undefined;
}

function isBytes(value: unknown, length?: number): boolean {
  return value instanceof Uint8Array && (length === undefined || value.length === length);
}
