import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Node } from "./patch.ts";

const ROOT = new URL("../../../", import.meta.url);
const FILE = "meta-business-messaging-v23.0.yaml";

/** Where Meta's file is looked for: `WADESK_SPECS`, else the folder `shared/specs` beside the checkout. It is not part of the project. */
function specificationPath(): string {
  const folder = process.env.WADESK_SPECS ?? fileURLToPath(new URL("../shared/specs", ROOT));
  return `${folder}/${FILE}`;
}

/** Why the specification cannot be read, or undefined when it can. With `WADESK_REQUIRE_SPECS=1` a missing file is an error instead. */
export function missingSpecification(): string | undefined {
  const path = specificationPath();
  if (existsSync(path)) return undefined;
  const reason = `Meta's specification is not at ${path}: set WADESK_SPECS to the folder that holds ${FILE}`;
  if (process.env.WADESK_REQUIRE_SPECS === "1") throw new Error(reason);
  return reason;
}

/**
 * Reads Meta's file. A megabyte of YAML takes most of a second to parse and its JSON some milliseconds, so that is kept beside the
 * installed packages, by the hash of the file.
 */
export function readDocument(): Node {
  const text = readFileSync(specificationPath());
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
