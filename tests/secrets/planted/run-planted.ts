import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Runs the files beside this one in processes of their own, and answers for each why it failed, or that it passed. */
export async function runPlanted(): Promise<Readonly<Record<string, string>>> {
  const folder = await mkdtemp(join(tmpdir(), "wadesk-planted-"));
  const report = join(folder, "report.json");
  const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
  const command = [
    here("../../../node_modules/vitest/vitest.mjs"),
    "run",
    "--config",
    here("planted.config.ts"),
    "--reporter",
    "json",
    "--outputFile",
    report,
  ];
  await new Promise<void>((resolve) => {
    execFile(process.execPath, command, { maxBuffer: 1e8, timeout: 150_000 }, () => resolve());
  });
  const { testResults } = JSON.parse(await readFile(report, "utf8")) as {
    readonly testResults: readonly { readonly name: string; readonly status: string; readonly message: string }[];
  };
  await rm(folder, { recursive: true });
  return Object.fromEntries(testResults.map(({ name, status, message }) => [basename(name), status === "passed" ? status : message]));
}
