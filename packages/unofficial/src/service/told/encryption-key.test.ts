import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { keyBeside } from "./encryption-key.ts";

it("a key is made once beside a database, for its owner alone, and read from then on", () => {
  const folder = mkdtempSync(join(tmpdir(), "wadesk-key-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const database = join(folder, "data", "bridge.db");
  const keys = ["first", "second"].values();
  const made = keyBeside(database, () => keys.next().value ?? "");
  expect(made).toEqual({ encryptionKeys: "k1:first", file: `${database}.key`, isNew: true });
  expect(keyBeside(database, () => keys.next().value ?? "")).toEqual({ ...made, isNew: false });
  expect(readFileSync(made.file, "utf8")).toBe("k1:first\n");
  if (process.platform !== "win32") expect(statSync(made.file).mode & 0o777).toBe(0o600);
});
