import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** What a download cost the process that made it, outside of the heap and in bytes. */
export interface Weight {
  /** How many bytes were read. */
  readonly bytes: number;
  /** The most of `external`, of which `arrayBuffers` are a part. */
  readonly external: number;
  /** The most of `arrayBuffers` and `external` together, which counts most of it twice. */
  readonly both: number;
  /** The mean of `external` over all looks. */
  readonly mean: number;
}

/** Downloads a file in a process of its own. */
export async function weighDownload(order: object): Promise<Weight> {
  const program = fileURLToPath(new URL("download-host.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", program, JSON.stringify(order)]);
  return JSON.parse(stdout) as Weight;
}
