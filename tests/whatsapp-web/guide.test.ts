import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeFiles } from "../types/code-blocks.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const guide = join(here, "../../docs/guides/testing-whatsapp-web.md");

describe("the guide", () => {
  let folder: string;
  beforeAll(async () => {
    // below this workspace, so that the packages it names are found
    folder = await mkdtemp(join(here, ".guide-"));
    for (const { name, text } of codeFiles(await readFile(guide, "utf8"))) await writeFile(join(folder, name), text);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("takes whoever follows it to a message that the own bot has answered", () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["try.ts"], { cwd: folder, encoding: "utf8", timeout: 150_000 });
    expect(`${stdout}\n${stderr}`).toContain("Ana reads: pong");
    expect(status).toBe(0);
  });

  it("points a bot at the server in ten lines", async () => {
    const file = codeFiles(await readFile(guide, "utf8")).find(({ name }) => name === "try.ts");
    const own = file?.text.split("\n").filter((line) => line !== "" && !line.startsWith("//") && !line.startsWith("import"));
    expect(own?.length).toBeLessThanOrEqual(10);
  });
});
