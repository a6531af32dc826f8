import type { Baileys } from "../baileys.ts";
import { type KeyPair, keyPair } from "../keys/key-pair.ts";
import { sign } from "../keys/signature.ts";

/** Who a server claims to be: its static key and the certificates up to a root. */
export interface Authority {
  /** The public key that a client has to trust, 32 bytes. */
  readonly root: Buffer;
  readonly static: KeyPair;
  /** The encoded `CertChain` that is the payload of the server's hello. */
  readonly chain: Uint8Array;
}

/** Makes a root, an intermediate and a leaf. The intermediate's issuer has the serial 0, which is WhatsApp's root to Baileys 7.0.0-rc14. */
export function authority(proto: Baileys["proto"]): Authority {
  const [root, intermediate, leaf] = [keyPair(), keyPair(), keyPair()];
  const certificate = (serial: number, issuerSerial: number, subject: KeyPair, issuer: KeyPair) => {
    const details = proto.CertChain.NoiseCertificate.Details.encode({ serial, issuerSerial, key: subject.public }).finish();
    return { details, signature: sign(issuer, details) };
  };
  return {
    root: root.public,
    static: leaf,
    chain: proto.CertChain.encode({
      intermediate: certificate(1, 0, intermediate, root),
      leaf: certificate(2, 1, leaf, intermediate),
    }).finish(),
  };
}
