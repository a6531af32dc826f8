import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { codeFiles } from "../../types/code-blocks.ts";
import { freePort } from "../story/free-port.ts";
import { ENCRYPTION_KEYS } from "../world/open-world.ts";
import { openProgram } from "./open-program.ts";

const here = dirname(fileURLToPath(import.meta.url));
const GUIDE = join(here, "../../../docs/guides/testing.md");

it("answers whoever writes on the page: the guide's application, with the file of variables that was printed", async () => {
  const port = await freePort();
  const program = await openProgram("--webhooks", `http://127.0.0.1:${port}/webhooks/whatsapp/inbound`);
  // below this workspace, so that the packages it names are found
  const folder = await mkdtemp(join(here, ".guide-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const app = codeFiles(await readFile(GUIDE, "utf8")).find(({ name }) => name === "app.ts");
  await writeFile(join(folder, "app.ts"), app?.text ?? "");
  await writeFile(join(folder, ".env"), `WADESK_ENCRYPTION_KEYS=${ENCRYPTION_KEYS}\nPORT=${port}\n`);
  await writeFile(join(folder, ".env.fakes"), program.printed);
  const child = spawn(process.execPath, ["--env-file=.env", "--env-file=.env.fakes", "app.ts"], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? "" },
  });
  const closed = once(child, "close");
  onTestFinished(async () => {
    child.kill();
    await closed;
  });
  let output = "";
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      output += chunk.toString();
      if (output.includes("connected\n")) resolve();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("close", () => reject(new Error(`it ended by itself:\n${output}`)));
  });
  await expect.poll(async () => (await program.world()).webhooks.trouble).toBeUndefined();
  expect(await program.act({ action: "write", vendor: "meta", phone: "+5511999990000", text: "Oi" })).toBeUndefined();
  await expect.poll(async () => (await program.world()).sent).toMatchObject([{ vendor: "meta", text: "Hello!", status: "read" }]);
});
