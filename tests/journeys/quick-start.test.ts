import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeFiles } from "../types/code-blocks.ts";
import { freePort } from "./story/free-port.ts";

const here = dirname(fileURLToPath(import.meta.url));
const guide = join(here, "../../docs/guides/quick-start.md");

describe("the quick start", () => {
  let folder: string;
  beforeAll(async () => {
    // below this workspace, so that the packages it names are found
    folder = await mkdtemp(join(here, ".quick-start-"));
    for (const { name, text } of codeFiles(await readFile(guide, "utf8"))) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("takes whoever follows it to a first received message", { timeout: 60_000 }, async () => {
    const environment = {
      PATH: process.env.PATH ?? "",
      PORT: String(await freePort()),
      WADESK_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 3).toString("base64url")}`,
    };
    const child = spawn(process.execPath, ["try.ts"], { cwd: folder, env: environment });
    let output = "";
    const received = new Promise<void>((resolve, reject) => {
      const hear = (chunk: Buffer): void => {
        output += chunk.toString();
        if (output.includes("Ana: Hello from WhatsApp")) resolve();
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.once("close", () => reject(new Error(`it ended before a message came in:\n${output}`)));
    });
    await received.finally(() => child.kill());
    expect(output).toContain("label: 'My Shop'");
    expect(output).toContain("state: 'connected'");
  });

  it("ends with a clear word when the key was forgotten", { timeout: 60_000 }, async () => {
    const child = spawn(process.execPath, ["try.ts"], { cwd: folder, env: { PATH: process.env.PATH ?? "" } });
    let output = "";
    child.stderr.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    const exitCode = await new Promise((resolve) => child.once("close", resolve));
    expect(exitCode).toBe(1);
    expect(output).toContain("encryption_key_missing");
    expect(output).toContain("randomBytes(32)");
  });
});
