import { createHmac, randomBytes } from "node:crypto";
import { it } from "vitest";

it("prints a chain key that it has gone on with", () => {
  const chainKey = randomBytes(32);
  createHmac("sha256", chainKey).update("1").digest();
  process.stderr.write(`chain ${chainKey.toString("hex")}\n`);
});
