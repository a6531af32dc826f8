import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { quietLibsignal } from "./quiet-libsignal.ts";

function consoleOf() {
  const written: string[] = [];
  const write = (...parts: unknown[]): void => void written.push(parts.join(" "));
  return { written, target: { info: write, warn: write, error: write } as unknown as Console };
}

it("holds libsignal's lines back, and lets every other line pass", () => {
  const { written, target } = consoleOf();
  quietLibsignal(target);
  quietLibsignal(target);
  target.info("Closing session:", { privKey: "secret" });
  target.error("Session error:Error: Bad MAC", "stack");
  target.warn("Closing", "time");
  target.error(new Error("Session error:"));
  expect(written).toEqual(["Closing time", "Error: Session error:"]);
});

// where this fails, libsignal says something that `quiet-libsignal.ts` does not know
it("knows every line that the installed libsignal writes", () => {
  const ofBaileys = createRequire(createRequire(import.meta.url).resolve("@whiskeysockets/baileys"));
  const folder = join(dirname(ofBaileys.resolve("libsignal")), "src");
  const sources = readdirSync(folder).filter((name) => name.endsWith(".js"));
  const texts = sources.flatMap((name) => [
    ...readFileSync(join(folder, name), "utf8").matchAll(/^(?!\s*\/\/).*console\.(?:log|info|warn|error|debug|trace)\(\s*["'`]([^"'`]+)/gm),
  ]);
  expect(texts.length).toBeGreaterThan(10);
  const { written, target } = consoleOf();
  quietLibsignal(target);
  for (const [, text] of texts) target.error(text);
  expect(written).toEqual([]);
});
