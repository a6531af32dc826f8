import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** A certificate made at run time and its private key, both as PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly privateKey: string;
}

const DAY_MS = 86_400_000;

/** Makes a certificate for `127.0.0.1` that signs itself, on P-256 and valid for a year. It is no authority: who trusts it trusts one host. */
export function loopbackCertificate(now: number): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(tagged(0x31, sequence(object("550403"), tagged(0x0c, Buffer.from("WhatsApp Web on loopback")))));
  const version3 = tagged(0xa0, tagged(0x02, Buffer.from([2])));
  // the first byte keeps the number positive and without a leading zero
  const serial = tagged(0x02, Buffer.concat([Buffer.from([1]), randomBytes(15)]));
  const validity = sequence(utcTime(now - DAY_MS), utcTime(now + 365 * DAY_MS));
  const address = tagged(0x87, Buffer.from([127, 0, 0, 1]));
  const subjectAltName = sequence(object("551d11"), tagged(0x04, sequence(address)));
  const extensions = tagged(0xa3, sequence(subjectAltName));
  const key = publicKey.export({ format: "der", type: "spki" });
  const algorithm = sequence(object("2a8648ce3d040302"));
  const signed = sequence(version3, serial, algorithm, name, validity, name, key, extensions);
  const signature = tagged(0x03, Buffer.from([0]), sign("sha256", signed, privateKey));
  const body = sequence(signed, algorithm, signature).toString("base64");
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${body.replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`,
    privateKey: privateKey.export({ format: "pem", type: "pkcs8" }).toString(),
  };
}

// DER: a tag, the length of what follows, and that
function tagged(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: readonly Uint8Array[]): Buffer {
  return tagged(0x30, ...parts);
}

function object(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, "hex"));
}

function utcTime(at: number): Buffer {
  return tagged(0x17, Buffer.from(`${new Date(at).toISOString().replace(/\D/g, "").slice(2, 14)}Z`));
}
