import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { loadBaileys } from "../baileys.ts";
import { createWhatsAppWeb } from "../create-whatsapp-web.ts";
import { keyPair } from "../keys/key-pair.ts";
import { isSignedBy, sign } from "../keys/signature.ts";
import { typed } from "../signal/signal-message.ts";
import { type RawHello, rawClient } from "../testing/raw-client.ts";
import { introduced } from "../testing/raw-companion.ts";
import type { WhatsAppWeb } from "../whatsapp-web.ts";
import { authority } from "./authority.ts";
import { childrenOf, node, uint } from "./node.ts";

const identity = keyPair();
const signedPreKey = keyPair();
const hello: RawHello = {
  ...introduced,
  devicePairingData: {
    eIdent: identity.public,
    eRegid: uint(7, 4),
    eSkeyId: uint(1, 3),
    eSkeyVal: signedPreKey.public,
    eSkeySig: sign(identity, typed(signedPreKey.public)),
  },
};
const ping = node("iq", { id: "1", xmlns: "w:p", type: "get", to: "s.whatsapp.net" }, [node("ping")]);

let web: WhatsAppWeb;
beforeEach(async () => {
  web = await createWhatsAppWeb({ compressFromBytes: 1 });
});
afterEach(() => web.close());

describe("a connection", () => {
  it("gives a client that wants to be linked six refs, compressed where that is asked for", async () => {
    const client = await rawClient(web.url, hello);
    const invitation = await client.next(({ tag }) => tag === "iq");
    expect(childrenOf(childrenOf(invitation, "pair-device")[0], "ref")).toHaveLength(6);
    client.close();
  });

  it("reads compressed stanzas and answers in order", async () => {
    const client = await rawClient(web.url, hello);
    for (const id of ["a", "b", "c"]) client.send({ ...ping, attrs: { ...ping.attrs, id } }, { compressed: true });
    await client.next(({ attrs }) => attrs.id === "c");
    expect(client.received.map(({ attrs }) => attrs.id).filter((id) => "abc".includes(id ?? "?"))).toEqual(["a", "b", "c"]);
    client.close();
  });

  it("is dropped for a frame that was tampered with", async () => {
    const client = await rawClient(web.url, hello);
    client.sendRaw(Buffer.concat([Buffer.from([0, 0, 32]), Buffer.alloc(32, 9)]));
    await client.ended();
    expect(web.takeComplaints()).toHaveLength(1);
  });

  it("is dropped for a stanza that comes a second time, byte for byte, and the complaint names it", async () => {
    const client = await rawClient(web.url, hello);
    client.send(ping);
    await client.next(({ attrs }) => attrs.id === "1");
    client.sendRaw(client.lastFrame);
    await client.ended();
    expect(web.takeComplaints()).toEqual([expect.stringMatching(/^connection #1 was cut off: /)]);
  });

  it("is dropped when it does not begin as WhatsApp Web's does", async () => {
    const socket = new WebSocket(web.url);
    await once(socket, "open");
    socket.send("hello?");
    await once(socket, "close");
    expect(web.takeComplaints()).toEqual([expect.stringContaining("begins with 57410603")]);
  });

  it("is dropped when the client's signed prekey is not signed by its identity", async () => {
    const forged = { devicePairingData: { ...hello.devicePairingData, eSkeySig: sign(keyPair(), typed(signedPreKey.public)) } };
    await (await rawClient(web.url, forged)).ended();
    expect(web.takeComplaints()).toEqual([expect.stringContaining("not signed by its identity")]);
  });

  it("refuses a request that only a linked client may make", async () => {
    const client = await rawClient(web.url, hello);
    client.send(node("iq", { id: "2", xmlns: "encrypt", type: "get" }, [node("count")]));
    expect(await client.next(({ attrs }) => attrs.id === "2")).toMatchObject({
      attrs: { type: "error" },
      content: [{ attrs: { code: "501" } }],
    });
    expect(web.takeComplaints()).toEqual([expect.stringContaining("before its login")]);
    client.close();
  });

  it("goes on with a client that has kept the server's key, in one message each", async () => {
    const before = await rawClient(web.url, hello);
    expect(before.handshake).toBe("XX");
    const client = await rawClient(web.url, hello, before.staticKey, before.serverKey);
    expect(client.handshake).toBe("IK");
    await client.next(({ tag }) => tag === "iq");
    before.close();
    client.close();
  });

  it.each([
    ["has kept another server's key", false],
    ["meets a server that wants it so", true],
  ])("shakes hands from the start where a client %s", async (_what, isKnown) => {
    const before = await rawClient(web.url, hello);
    if (isKnown) web.fault({ kind: "resume_refused" });
    const client = await rawClient(web.url, hello, before.staticKey, isKnown ? before.serverKey : keyPair().public);
    expect(client.handshake).toBe("XXfallback");
    expect(client.serverKey).toEqual(before.serverKey);
    await client.next(({ tag }) => tag === "iq");
    before.close();
    client.close();
  });

  it("logs nobody in who was never linked", async () => {
    const client = await rawClient(web.url, { ...introduced, username: 15550001111, device: 1 });
    expect((await client.next(({ tag }) => tag === "failure")).attrs.reason).toBe("401");
    await client.ended();
  });

  it("ends with its server, and nothing listens any more", async () => {
    const other = await createWhatsAppWeb();
    const client = await rawClient(other.url, hello);
    await other.close();
    await client.ended();
    await expect(rawClient(other.url, hello)).rejects.toThrow("ECONNREFUSED");
  });
});

describe("the server's certificates", () => {
  it("lead from the root over an intermediate to its static key", async () => {
    const { proto } = await loadBaileys();
    const { root, static: fixed, chain } = authority(proto);
    const { intermediate, leaf } = proto.CertChain.decode(chain);
    const details = (bytes: Uint8Array | null | undefined) => proto.CertChain.NoiseCertificate.Details.decode(bytes ?? Buffer.alloc(0));
    const issuer = details(intermediate?.details);
    expect(issuer.issuerSerial).toBe(0);
    expect(isSignedBy(root, intermediate?.details ?? root, intermediate?.signature ?? root)).toBe(true);
    expect(isSignedBy(Buffer.from(issuer.key ?? root), leaf?.details ?? root, leaf?.signature ?? root)).toBe(true);
    expect(Buffer.from(details(leaf?.details).key ?? root)).toEqual(fixed.public);
  });

  it("are trusted by the Baileys of this process as long as a server runs", async () => {
    const { WA_CERT_DETAILS } = await loadBaileys();
    const during = Buffer.from(WA_CERT_DETAILS.PUBLIC_KEY);
    await web.close();
    expect(Buffer.from(WA_CERT_DETAILS.PUBLIC_KEY).toString("hex")).toBe(
      "142375574d0a587166aae71ebe516437c4a28b73e3695c6ce1f7f9545da8ee6b",
    );
    web = await createWhatsAppWeb();
    expect(Buffer.from(WA_CERT_DETAILS.PUBLIC_KEY)).toEqual(during);
  });
});
