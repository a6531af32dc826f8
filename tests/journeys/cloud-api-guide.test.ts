import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { codeFiles } from "../types/code-blocks.ts";
import { freePort } from "./story/free-port.ts";
import { ENCRYPTION_KEYS } from "./world/open-world.ts";

const here = fileURLToPath(new URL(".", import.meta.url));

/** Saves the files of a guide, runs one by the command that the guide gives, and answers what it had printed by its last line. */
async function followed(guide: string, program: string, lastLine: string): Promise<string> {
  // below this workspace, so that the packages it names are found
  const folder = await mkdtemp(join(here, ".cloud-guide-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const paper = await readFile(join(here, "../../docs/guides", guide), "utf8");
  for (const { name, text } of codeFiles(paper)) await writeFile(join(folder, name), text);
  // where the quick start has put the key
  await writeFile(join(folder, ".env"), `WADESK_ENCRYPTION_KEYS=${ENCRYPTION_KEYS}\n`);
  const given = ["--env-file=.env", program];
  expect(paper).toContain(`node ${given.join(" ")}`);
  const env = { PATH: process.env.PATH ?? "", PORT: String(await freePort()) };
  const child = spawn(process.execPath, given, { cwd: folder, env });
  onTestFinished(() => void child.kill("SIGKILL"));
  let printed = "";
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        printed += chunk.toString();
        if (printed.includes(lastLine)) resolve();
      });
    child.once("close", () => reject(new Error(`it ended before a message came in:\n${printed}`)));
  });
  return printed;
}

it("the guide of the Cloud API takes whoever follows it to a first received message", async () => {
  const printed = await followed("cloud-api.md", "on-the-fake.ts", "Ana: Hello from WhatsApp");
  expect(printed).toContain("My Shop is connected");
  // before the app was subscribed the probe said what is missing; then the program says that it was done, and nothing is missing
  expect(printed).toContain("to do: the app has no webhook of WhatsApp");
  expect(printed).toContain("done: the app calls this address, and is subscribed to messages");
  expect(printed).not.toContain("warning:");
});

it("the guide of own apps takes whoever follows it to a message that a tenant's own app has signed", async () => {
  const printed = await followed("own-apps.md", "own-app-on-the-fake.ts", "bakery hears Ana: Two loaves, please");
  expect(printed).toMatch(/the bakery's callback URL is http:\/\/127\.0\.0\.1:\d+\/webhooks\/whatsapp\/inbound\/\d+/);
});
