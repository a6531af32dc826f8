import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Baileys, pathOfBaileys } from "../baileys/baileys.ts";

/** Another copy of Baileys on this machine, with a libsignal and a `curve25519-js` of its own. */
export interface ForeignBaileys {
  readonly baileys: Pick<Baileys, "Curve">;
  /** The file that is imported of it. */
  readonly path: string;
  /** Its `curve25519-js`. */
  readonly curves: Readonly<Record<"sign" | "verify", unknown>>;
  remove(): Promise<void>;
}

/** Makes one. `spoil` changes the text of its `curve25519-js` before it is loaded. */
export async function foreignBaileys(spoil: (text: string) => string = (text) => text): Promise<ForeignBaileys> {
  const root = dirname(dirname(pathOfBaileys()));
  const beside = dirname(dirname(root));
  const signal = dirname(createRequire(pathOfBaileys()).resolve("libsignal"));
  const curves = dirname(dirname(createRequire(join(signal, "index.js")).resolve("curve25519-js")));
  const folder = await mkdtemp(join(tmpdir(), "foreign-"));
  const modules = join(folder, "node_modules");
  await cp(root, join(modules, "@whiskeysockets/baileys"), { recursive: true, filter: (path) => path !== join(root, "node_modules") });
  await cp(signal, join(modules, "libsignal"), { recursive: true, dereference: true });
  await cp(curves, join(modules, "curve25519-js"), { recursive: true, dereference: true });
  const others = readdirSync(beside).filter((name) => name !== "@whiskeysockets" && name !== "libsignal");
  for (const name of others) await symlink(join(beside, name), join(modules, name));
  // Baileys 7.0.0-rc14 imports it without having it among its dependencies
  const protobuf = createRequire(pathOfBaileys()).resolve("protobufjs");
  await symlink(dirname(dirname(createRequire(protobuf).resolve("long"))), join(modules, "long")).catch(() => {});
  const text = join(modules, "curve25519-js/lib/index.js");
  await writeFile(text, spoil(await readFile(text, "utf8")));
  const path = join(modules, "@whiskeysockets/baileys/lib/index.js");
  return {
    baileys: (await import(pathToFileURL(path).href)) as Baileys,
    path,
    curves: createRequire(text)("./index.js") as ForeignBaileys["curves"],
    remove: () => rm(folder, { recursive: true }),
  };
}
