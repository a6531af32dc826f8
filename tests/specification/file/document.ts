import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Node } from "./patch.ts";

const ROOT = new URL("../../../", import.meta.url);
const META_FILE = "meta-business-messaging-v23.0.yaml";

/** Where a vendor's file is looked for: `WADESK_SPECS`, else the folder `shared/specs` beside the checkout. It is not part of the project. */
export function specificationPath(file: string): string {
  const folder = process.env.WADESK_SPECS ?? fileURLToPath(new URL("../shared/specs", ROOT));
  return `${folder}/${file}`;
}

/** Why a specification cannot be read, or undefined when it can. With `WADESK_REQUIRE_SPECS=1` a missing file is an error instead. */
export function missingSpecification(file: string = META_FILE): string | undefined {
  const path = specificationPath(file);
  if (existsSync(path)) return undefined;
  const vendor = file === META_FILE ? "Meta" : "Twilio";
  const reason = `${vendor}'s specification is not at ${path}: set WADESK_SPECS to the folder that holds ${file}`;
  if (process.env.WADESK_REQUIRE_SPECS === "1") throw new Error(reason);
  return reason;
}

/**
 * Reads Meta's file. A megabyte of YAML takes most of a second to parse and its JSON some milliseconds, so that is kept beside the
 * installed packages, by the hash of the file.
 */
export function readDocument(): Node {
  const text = readFileSync(specificationPath(META_FILE));
  const folder = fileURLToPath(new URL("node_modules/.cache/wadesk-specification", ROOT));
  const kept = `${folder}/${createHash("sha256").update(text).digest("hex").slice(0, 16)}.json`;
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, "utf8")) as Node;
  const { parse } = createRequire(import.meta.url)("yaml") as typeof import("yaml");
  const document = parse(text.toString("utf8"), { maxAliasCount: -1 }) as Node;
  mkdirSync(folder, { recursive: true });
  // test workers start together: a rename is seen whole or not at all
  const draft = `${kept}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(document));
  renameSync(draft, kept);
  return document;
}
