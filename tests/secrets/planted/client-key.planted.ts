import { initAuthCreds } from "@whiskeysockets/baileys";
import { it } from "vitest";

it("prints what a client keeps", () => {
  console.info("Closing", { noise: initAuthCreds().noiseKey });
});
