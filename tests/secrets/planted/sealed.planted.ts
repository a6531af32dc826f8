import { randomBytes } from "node:crypto";
import { recordingLogger } from "@wadesk/testing";
import { it } from "vitest";

it("logs what a vault sealed", async () => {
  const [key, nonce, rootKey] = [randomBytes(32), randomBytes(12), randomBytes(32).toString("base64")];
  const { subtle } = globalThis.crypto;
  const vault = await subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  await subtle.encrypt({ name: "AES-GCM", iv: nonce }, vault, new TextEncoder().encode(JSON.stringify({ rootKey })));
  recordingLogger().log.debug({ session: { rootKey } }, "Baileys: closing session");
});
