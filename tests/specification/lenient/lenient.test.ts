import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { missingSpecification } from "../file/document.ts";

const missing = missingSpecification();
if (missing) console.warn(`skipped: ${missing}`);

/** Runs the test file that must fail, with the setup that every test file of the workspace has. Answers what it prints, as TAP. */
function run(): Promise<string> {
  const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
  const command = [here("../../../node_modules/vitest/vitest.mjs"), "run", "--config", here("lenient.config.ts"), "--reporter", "tap-flat"];
  return new Promise((resolve) => {
    execFile(process.execPath, command, (_, stdout, stderr) => resolve(stdout + stderr));
  });
}

const resultsIn = (printed: string): string[] =>
  [...printed.matchAll(/^((?:not )?ok) \d+ - .* > (.*) #/gm)].map(([, result, name]) => `${result}: ${name}`);
const VALID = "sends what is valid";
const GRANTED = "sends what is invalid, to a fake that does not mind";
const REFUSED = "sends what is invalid, to the fake Meta";

describe.skipIf(missing)("a test that talks to a lenient fake", () => {
  it("fails, naming the call and the reason, and its neighbours do not", async () => {
    const printed = await run();
    expect(resultsIn(printed)).toEqual([`ok: ${VALID}`, `not ok: ${GRANTED}`, `ok: ${REFUSED}`]);
    expect(printed).toContain(
      "POST /v23.0/700100/messages (POST /{Phone-Number-ID}/messages): the fake answered 200 to a request that Meta refuses: " +
        "body /text must have required property 'body'",
    );
  });
});
