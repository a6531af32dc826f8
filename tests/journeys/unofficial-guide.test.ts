import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { codeFiles } from "../types/code-blocks.ts";
import { ENCRYPTION_KEYS } from "./world/open-world.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const guide = join(here, "../../docs/guides/unofficial.md");

/** A program of the guide, and what it prints. */
function run(folder: string, ...values: string[]) {
  const env = { PATH: process.env.PATH ?? "", WADESK_ENCRYPTION_KEYS: ENCRYPTION_KEYS };
  const child = spawn(process.execPath, values, { cwd: folder, env });
  onTestFinished(() => void child.kill("SIGKILL"));
  let printed = "";
  const looking = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      for (const look of looking) look();
    });
  const prints = (text: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const [, found] = text.exec(printed) ?? [];
        if (found !== undefined) resolve(found);
      };
      looking.add(look);
      child.once("close", () => reject(new Error(`it ended before it printed ${text}:\n${printed}`)));
      look();
    });
  return { prints, ended: new Promise<string>((resolve) => child.once("close", () => resolve(printed))) };
}

describe("the guide of the unofficial channel", () => {
  let folder: string;
  beforeAll(async () => {
    // below this workspace, so that the packages it names are found
    folder = await mkdtemp(join(here, ".guide-"));
    for (const { name, text } of codeFiles(await readFile(guide, "utf8"))) await writeFile(join(folder, name), text);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("takes whoever follows it to a simulated phone that is linked, written to and answered", async () => {
    const { prints } = run(folder, "simulated.ts");
    const page = await prints(/on this page: (\S+)/);
    await prints(/Scan this with the phone, (1) of 18/);
    const act = async (form: Readonly<Record<string, string>>): Promise<unknown> =>
      (await fetch(`${page}act`, { method: "POST", body: JSON.stringify(form) })).json();
    const scan = () => act({ action: "scan", number: "15550001111" });
    // printed is not yet handed over
    await expect.poll(scan).toEqual({});
    await prints(/(\+15550001111) is linked\. Write to it\./);
    const world = async (): Promise<string> => (await fetch(`${page}world`)).text();
    await expect.poll(world).toContain("Hello, Ana");
    expect(await act({ action: "send", number: "15550002222", to: "15550001111", text: "Are you open?" })).toEqual({});
    await prints(/(Ana): Are you open\?/);
    await expect.poll(world).toContain("You wrote: Are you open?");
  });

  it("says which number is missing for a real one", async () => {
    expect(await run(folder, "real.ts").ended).toContain("give the number of the phone");
  });
});
