import { spawnSync } from "node:child_process";
import { root } from "./public-packages.ts";
import { testRun } from "./test-run.ts";

const { values, env } = testRun(process.argv.slice(2), process.env, process.stdout.isTTY === true);
const { status, error } = spawnSync("vitest", values, { cwd: root, env, stdio: "inherit", shell: process.platform === "win32" });
if (error !== undefined) throw error;
process.exitCode = status ?? 1;
