import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** What a download cost the process that made it. */
export interface Weight {
  /** How many bytes were read. */
  readonly bytes: number;
  /** The most that stood outside of the heap at a look, in bytes: `arrayBuffers` and `external` together. */
  readonly most: number;
}

/** Downloads a file in a process of its own. */
export async function weighDownload(order: object): Promise<Weight> {
  const program = fileURLToPath(new URL("download-host.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", program, JSON.stringify(order)]);
  return JSON.parse(stdout) as Weight;
}
