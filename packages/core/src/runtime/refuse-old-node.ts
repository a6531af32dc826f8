import { WadeskError } from "../errors/wadesk-error.ts";

// the first with all that is used here, SQLite of its own included: `engines` of the packages says the same
const OLDEST = [22, 13] as const;

interface Runtime {
  readonly process?: { readonly versions?: Readonly<Record<string, string | undefined>> };
}

/** Throws `configuration_invalid` on a Node that is too old. Other runtimes, which may call themselves an old Node, are let by. */
export function refuseOldNode(runtime: Runtime = globalThis as Runtime): void {
  const { node, bun, deno } = runtime.process?.versions ?? {};
  if (node === undefined || bun !== undefined || deno !== undefined) return;
  const [major = 0, minor = 0] = node.split(".").map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  throw new WadeskError("configuration_invalid", {
    detail: `WaDesk needs Node ${OLDEST.join(".")} or newer, and this is Node ${node}: install a newer one`,
  });
}
