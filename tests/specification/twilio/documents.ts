import { readFileSync } from "node:fs";
import { missingSpecification, specificationPath } from "../file/document.ts";
import type { Node } from "../file/patch.ts";

/** Twilio's files for the three APIs that are used. */
const FILES = ["twilio_api_v2010.json", "twilio_messaging_v2.json", "twilio_content_v1.json"];

/** Why one of the files cannot be read, or undefined when all can. With `WADESK_REQUIRE_SPECS=1` a missing file is an error instead. */
export function missingTwilioSpecification(): string | undefined {
  return FILES.map((file) => missingSpecification(file)).find((missing) => missing !== undefined);
}

/** Reads the files. */
export function readTwilioDocuments(): Node[] {
  return FILES.map((file) => JSON.parse(readFileSync(specificationPath(file), "utf8")) as Node);
}
