import { describe, expect, it } from "vitest";
import { keyPair } from "../keys/key-pair.ts";
import { type HandshakeParts, type Noise, noise } from "./noise.ts";

const hex = (text: string): Buffer => Buffer.from(text, "hex");
const prologue = hex("4a6f686e2047616c74");
const initiatorKeys = {
  static: keyPair(hex("e61ef9919cde45dd5f82166404bd08e38bceb5dfdfded0a34c8df7ed542214d1")),
  ephemeral: keyPair(hex("893e28b9dc6ca8d611ab664754b8ceb7bac5117349a4439a6b0569da977c464a")),
};
const responderKeys = {
  static: keyPair(hex("4a3acbfdb163dec651dfa3194dece676d437029c62a408b4c5ea9114246e4893")),
  ephemeral: keyPair(hex("bbdb4cdbd309f1a1f2e1456967fe288cadd6f712d65dc7b7793d5e63da6b375b")),
};
// the published vector of Noise_XX_25519_AESGCM_SHA256 from cacophony's set, which the libraries of the pattern share; an older edition of the
// set states the hash after the second message, the newer one the hash at the end
const hashAfterSecond = "c7c118c30ea6b4b4fb8b576a2a29da04bbbb63e2b3a8430856a2a6d58f5953ad";
const handshakeHash = "1b7aefb1125762aa21a252890d00af54519638b76437444538f9a52f21e2e0dc";
const messages = [
  ["4c756477696720766f6e204d69736573", "ca35def5ae56cec33dc2036731ab14896bc4c75dbb07a61f879f8e3afa4c79444c756477696720766f6e204d69736573"],
  [
    "4d757272617920526f746862617264",
    "95ebc60d2b1fa672c1f46a8aa265ef51bfe38e7ccb39ec5be34069f144808843757117acceb05bd7a45733bc22015c97a9d0cbaf41b80446d5988ff5127235d76b79eade70f473d6a4ef521fdcbeda5340d01e028ba793fc059f2724a83af05f12dda0448a7621a926b379a92477fd",
  ],
  [
    "462e20412e20486179656b",
    "c90f1cf77eba4e50edb038991565e36c9758943a989229b6051244dc4fbecb6946744b401af2ee1a5881b65fbb87fd07cb6a328ececc9ce6ce84c399dc332d4fd521fa4bb7f467ce909395",
  ],
  ["4361726c204d656e676572", "bc3fa77f6aca3e8466d7dc6bea10013e88a6a29add5132b461806c"],
  ["4a65616e2d426170746973746520536179", "250b01074cdfe0df2ecf8ccbf1737b15a2ddb5b52fd9a396604e9c793cee3b3bb9"],
  ["457567656e2042f6686d20766f6e2042617765726b", "449d4d433b3cdc3d02bf6fc881774b9df54366ebcffb9689bb13f14709822cd7ef42bcdb4d"],
] as const;

const join = ({ ephemeral, static: fixed, payload }: HandshakeParts): string =>
  Buffer.concat([ephemeral, fixed, payload].filter((part) => part !== undefined)).toString("hex");

function bothSides(): { readonly initiator: Noise; readonly responder: Noise } {
  return {
    initiator: noise({ role: "initiator", prologue, ...initiatorKeys }),
    responder: noise({ role: "responder", prologue, ...responderKeys }),
  };
}

/** Runs the vector's handshake; answers what each message was on the wire. */
function shake({ initiator, responder }: ReturnType<typeof bothSides>): readonly string[] {
  return messages.slice(0, 3).map(([payload], index) => {
    const [writer, reader] = index === 1 ? [responder, initiator] : [initiator, responder];
    const parts = writer.write(hex(payload));
    expect(reader.read(parts)?.toString("hex")).toBe(payload);
    return join(parts);
  });
}

describe("Noise_XX_25519_AESGCM_SHA256", () => {
  it("writes the three handshake messages of the published vector, from both sides", () => {
    expect(shake(bothSides())).toEqual(messages.slice(0, 3).map(([, sealed]) => sealed));
  });

  it("has the published hash after the second message", () => {
    const { initiator, responder } = bothSides();
    responder.read(initiator.write(hex(messages[0][0])));
    initiator.read(responder.write(hex(messages[1][0])));
    expect(initiator.hash.toString("hex")).toBe(hashAfterSecond);
  });

  it("ends with the published handshake hash, and each side knows the other's static key", () => {
    const sides = bothSides();
    shake(sides);
    expect(sides.initiator.hash.toString("hex")).toBe(handshakeHash);
    expect(sides.responder.hash.toString("hex")).toBe(handshakeHash);
    expect(sides.responder.remoteStatic).toEqual(initiatorKeys.static.public);
    expect(sides.initiator.remoteStatic).toEqual(responderKeys.static.public);
  });

  it("seals and opens the published transport messages in both directions", () => {
    const sides = bothSides();
    shake(sides);
    const [initiator, responder] = [sides.initiator.split(), sides.responder.split()];
    for (const [index, [payload, sealed]] of messages.slice(3).entries()) {
      // the responder speaks first after three messages
      const [writer, reader] = index % 2 === 0 ? [responder, initiator] : [initiator, responder];
      expect(writer.sending.seal(hex(payload)).toString("hex")).toBe(sealed);
      expect(reader.receiving.open(hex(sealed)).toString("hex")).toBe(payload);
    }
  });

  it("refuses a static key, a payload and a transport message with one flipped bit", () => {
    const flip = (bytes: Uint8Array | undefined): Buffer => {
      const copy = Buffer.from(bytes ?? []);
      copy[0] = (copy[0] ?? 0) ^ 1;
      return copy;
    };
    for (const part of ["static", "payload"] as const) {
      const { initiator, responder } = bothSides();
      responder.read(initiator.write(hex("00")));
      const answer = responder.write(hex("01"));
      expect(() => initiator.read({ ...answer, [part]: flip(answer[part]) })).toThrow();
    }
    const sides = bothSides();
    shake(sides);
    const sealed = sides.initiator.split().sending.seal(hex("00"));
    expect(() => sides.responder.split().receiving.open(flip(sealed))).toThrow();
  });

  it("agrees when the first message has no payload at all, as WhatsApp Web begins", () => {
    const { initiator, responder } = bothSides();
    expect(responder.read(initiator.write())).toBeUndefined();
    expect(initiator.read(responder.write(hex("0102")))?.toString("hex")).toBe("0102");
    expect(responder.read(initiator.write(hex("03")))?.toString("hex")).toBe("03");
    expect(initiator.hash).toEqual(responder.hash);
  });
});

describe("Noise_IK_25519_AESGCM_SHA256", () => {
  const sides = (responder = responderKeys.static) => ({
    initiator: noise({ pattern: "IK", role: "initiator", prologue, ...initiatorKeys, remoteStatic: responderKeys.static.public }),
    responder: noise({ pattern: "IK", role: "responder", prologue, static: responder }),
  });

  it("takes one message each, and the first says who the client is and what it wants", () => {
    const { initiator, responder } = sides();
    expect(responder.read(initiator.write(hex("0102")))?.toString("hex")).toBe("0102");
    expect(responder.remoteStatic).toEqual(initiatorKeys.static.public);
    expect(initiator.read(responder.write(hex("03")))?.toString("hex")).toBe("03");
    expect(initiator.hash).toEqual(responder.hash);
    expect(
      responder
        .split()
        .receiving.open(initiator.split().sending.seal(hex("04")))
        .toString("hex"),
    ).toBe("04");
  });

  it("is not read by a server with another static key, which goes on with XXfallback", () => {
    const { initiator, responder } = sides(keyPair());
    const first = initiator.write(hex("0102"));
    expect(() => responder.read(first)).toThrow();
    const fallback = { pattern: "XXfallback", prologue } as const;
    const [client, server] = [
      noise({ ...fallback, role: "initiator", ...initiatorKeys }),
      noise({ ...fallback, role: "responder", static: keyPair() }),
    ];
    client.write();
    server.read({ ephemeral: first.ephemeral });
    expect(client.read(server.write(hex("05")))?.toString("hex")).toBe("05");
    expect(server.read(client.write(hex("06")))?.toString("hex")).toBe("06");
    expect(server.hash).toEqual(client.hash);
  });

  it("cannot be begun without the server's key", () => {
    expect(() => noise({ pattern: "IK", role: "initiator", prologue, ...initiatorKeys })).toThrow("responder's static key");
  });
});
