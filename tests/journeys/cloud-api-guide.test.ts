import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { codeFiles } from "../types/code-blocks.ts";
import { freePort } from "./story/free-port.ts";
import { ENCRYPTION_KEYS } from "./world/open-world.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const guide = join(here, "../../docs/guides/cloud-api.md");

it("the guide of the Cloud API takes whoever follows it to a first received message", async () => {
  // below this workspace, so that the packages it names are found
  const folder = await mkdtemp(join(here, ".cloud-guide-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const { name, text } of codeFiles(await readFile(guide, "utf8"))) await writeFile(join(folder, name), text);
  const env = { PATH: process.env.PATH ?? "", PORT: String(await freePort()), WADESK_ENCRYPTION_KEYS: ENCRYPTION_KEYS };
  const child = spawn(process.execPath, ["on-the-fake.ts"], { cwd: folder, env });
  onTestFinished(() => void child.kill("SIGKILL"));
  let printed = "";
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        printed += chunk.toString();
        if (printed.includes("Ana: Hello from WhatsApp")) resolve();
      });
    child.once("close", () => reject(new Error(`it ended before a message came in:\n${printed}`)));
  });
  expect(printed).toContain("My Shop is connected");
  // before the app was subscribed the probe said what is missing, and afterwards nothing is
  expect(printed).toContain("to do: the app has no webhook of WhatsApp");
  expect(printed).not.toContain("warning:");
});
