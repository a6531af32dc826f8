import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");
const found = (path: string, code: RegExp): readonly string[] => [...read(path).matchAll(code)].map(([, name = ""]) => name);

const NOTICE = /[|=]?\s*Notice<"([a-z_]+)"/g;
const FINDING = /"([a-z]+(?:_[a-z]+)+)"/g;
const PROBLEM = /(?:code: |add\(|return \[|addIssue\()"([a-z_]+)"/g;
const CORE = found("packages/core/src/errors/issue-code.ts", /\| "([a-z_]+)"/g);

const ROWS: readonly (readonly [what: string, codes: readonly string[], guide: string])[] = [
  ["a wrong field", CORE, "troubleshooting"],
  ["core's warnings", found("packages/core/src/status/core-warning.ts", NOTICE), "troubleshooting"],
  ["Meta's warnings", found("packages/cloud-api/src/connect/warnings.ts", NOTICE), "cloud-api"],
  ["Twilio's warnings", found("packages/twilio/src/connect/warnings.ts", NOTICE), "twilio"],
  ["WhatsApp Web's warnings", found("packages/unofficial/src/warnings.ts", NOTICE), "unofficial"],
  ["what limits a number of WhatsApp Web", found("packages/unofficial/src/keeping/limits.ts", /const [A-Z]+ = "([a-z_]+)"/g), "unofficial"],
  ["what is noted of a change of settings", found("packages/core/src/api/settings.ts", NOTICE), "settings"],
  ["what Twilio's probe finds", found("packages/twilio/src/connect/probe.ts", FINDING), "twilio"],
  ["what a bridge's probe finds", found("packages/unofficial/src/bridge-remote/calls/probe-bridges.ts", /code: "([a-z_]+)"/g), "bridge"],
  ["what is pasted for Meta", found("packages/cloud-api/src/input/input-schema.ts", PROBLEM), "cloud-api"],
  ["what is typed for Twilio", found("packages/twilio/src/input/input-schema.ts", PROBLEM), "twilio"],
];

describe("codes that a screen has words for", () => {
  it.each(ROWS)("are listed, those of %s", (_what, codes, guide) => {
    const own = codes.filter((code) => code !== "custom" && (guide === "troubleshooting" || !CORE.includes(code)));
    expect(own.length).toBeGreaterThan(guide === "unofficial" ? 0 : 3);
    const text = read(`docs/guides/${guide}.md`);
    expect(own.filter((code) => !text.includes(`\`${code}\``))).toEqual([]);
  });
});
