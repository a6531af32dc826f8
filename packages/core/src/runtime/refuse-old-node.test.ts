import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { refuseOldNode } from "./refuse-old-node.ts";

const on = (versions: Readonly<Record<string, string>>) => (): void => refuseOldNode({ process: { versions } });

it("lets the oldest Node of `engines` by, and what is newer, and names both versions to an older one", () => {
  const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    readonly engines: { readonly node: string };
  };
  const oldest = `${manifest.engines.node.slice(2)}.0`;
  for (const node of [oldest, "22.14.1", "24.0.0", "100.0.0"]) expect(on({ node })).not.toThrow();
  for (const node of ["18.20.8", "20.20.2", "22.12.0"])
    expect(on({ node })).toThrow(new RegExp(`needs Node ${oldest.slice(0, -2)} or newer, and this is Node ${node}`));
});

it("lets by what is no Node, whatever it says of itself", () => {
  for (const versions of [{ node: "20.11.1", deno: "2.5.0" }, { node: "18.0.0", bun: "1.3.0" }, {}]) expect(on(versions)).not.toThrow();
  expect(() => refuseOldNode({})).not.toThrow();
});
