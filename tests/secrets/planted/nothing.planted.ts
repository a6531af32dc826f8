import { generateKeyPairSync } from "node:crypto";
import { it } from "vitest";

it("prints what it may", () => {
  const { publicKey } = generateKeyPairSync("x25519", {
    publicKeyEncoding: { format: "der", type: "spki" },
    privateKeyEncoding: { format: "der", type: "pkcs8" },
  });
  console.info("public", publicKey);
});
