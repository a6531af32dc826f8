import { spawnSync } from "node:child_process";
import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import { fileURLToPath } from "node:url";
import { createWhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { linkBot, openBot } from "./open-bot.ts";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const KEY_BYTES = 32;
const { createPrivateKey } = crypto;
const privateKeys: Buffer[] = [];

// every private key of the server's own passes here: the root's, the phones', each prekey's, each handshake's and each ratchet's
beforeAll(() => {
  crypto.createPrivateKey = (...args) => {
    const [input] = args;
    if (typeof input === "object" && "key" in input && Buffer.isBuffer(input.key)) privateKeys.push(input.key.subarray(-KEY_BYTES));
    return createPrivateKey(...args);
  };
  syncBuiltinESMExports();
});
afterAll(() => {
  crypto.createPrivateKey = createPrivateKey;
  syncBuiltinESMExports();
});

describe("what the server tells of itself", () => {
  it("holds no private key of anybody, in no spelling", async () => {
    const web = await createWhatsAppWeb({ repeatedTokens: "allowed" });
    const shop = web.addPhone({ number: "15550001111", name: "Shop" });
    const bob = web.addPhone({ number: "15550002222", name: "Bob", companions: 1 });
    const coded = openBot(web);
    const qr = await coded.qr();
    await shop.type(await coded.socket.requestPairingCode(shop.number, "WADESK42"));
    await coded.opened();
    const { bot } = await linkBot(web, shop);
    const group = bob.createGroup({ subject: "Keys", members: [shop] });
    await bot.socket.sendMessage(bob.jid, { text: "hello" });
    await bot.socket.sendMessage(group.jid, { text: "hello, all" });
    await bob.received(({ chat }) => chat === group.jid);
    const id = bob.send(shop, "hello back");
    await bob.receipt(({ ids }) => ids.includes(id));
    await bot.socket.sendNode({ tag: "odd", attrs: { id: "1" }, content: Buffer.from(bot.socket.authState.creds.noiseKey.private) });
    await expect(web.until("nothing", () => undefined)).rejects.toThrow("<odd");
    const told = [...web.takeComplaints(), web.transcript(), JSON.stringify(web), JSON.stringify([shop.clients, bob.messages])].join("\n");

    const { noiseKey, signedIdentityKey, signedPreKey, pairingEphemeralKeyPair, advSecretKey } = bot.socket.authState.creds;
    const ofTheBot = [noiseKey, signedIdentityKey, signedPreKey.keyPair, pairingEphemeralKeyPair].map((pair) => Buffer.from(pair.private));
    const inTheQr = Buffer.from(qr.split(",")[3] ?? "", "base64");
    const secrets = [...privateKeys, ...ofTheBot, inTheQr, Buffer.from(advSecretKey, "base64")];
    expect(privateKeys.length).toBeGreaterThan(50);
    expect(told).toContain("client → server");
    expect(told).toContain("<odd");
    for (const secret of secrets) {
      expect(secret).toHaveLength(KEY_BYTES);
      for (const spelling of ["hex", "base64", "base64url", "latin1"] as const)
        expect(told.includes(secret.toString(spelling))).toBe(false);
      expect(told.includes([...secret].join(","))).toBe(false);
    }
    expect(told).not.toContain("WADESK42");
    await Promise.all([bot.end(), coded.end()]);
    await web.close();
  });
});

describe("the server's process", () => {
  it("hears nothing of it on stdout or stderr", () => {
    const script = `
      const { createWhatsAppWeb } = await import("@wadesk/testing/whatsapp-web");
      const { linkBot } = await import("./open-bot.ts");
      const web = await createWhatsAppWeb({ repeatedTokens: "allowed" });
      const [shop, bob] = ["15550001111", "15550002222"].map((number) => web.addPhone({ number }));
      const { bot, client } = await linkBot(web, shop);
      await bot.socket.sendMessage(bob.jid, { text: "hello" });
      bob.read(await bob.received());
      client.end("replaced");
      await bot.closed();
      await bot.end();
      await web.close();
      process.exit();
    `;
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { cwd: HERE, encoding: "utf8" });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  it("ends by itself when its servers are closed", () => {
    const script = `
      const { createWhatsAppWeb } = await import("@wadesk/testing/whatsapp-web");
      const servers = await Promise.all(Array.from({ length: 20 }, () => createWhatsAppWeb({ repeatedTokens: "allowed" })));
      for (const web of servers) web.addPhone({ number: "15550001111" });
      await Promise.all(servers.map((web) => web.close()));
    `;
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
      cwd: HERE,
      encoding: "utf8",
      timeout: 120_000,
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
  });
});
