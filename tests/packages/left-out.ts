import { chromiumIsAway } from "../browser/world/chromium.ts";
import { missingSpecification } from "../specification/file/document.ts";
import { missingTwilioSpecification } from "../specification/twilio/documents.ts";
import { postgresIsAway } from "../../packages/storage/src/testing/open-databases.ts";

/** What some tests need that a machine may lack, by what is left out without it: why it is not there, or nothing. */
export type Needs = Readonly<Record<string, string | undefined>>;

/** What is said of what is left out, nothing where all is there. */
export function leftOut(needs: Needs): string | undefined {
  const lines = Object.entries(needs).flatMap(([what, why]) => (why === undefined ? [] : [`- ${what}: ${why}`]));
  if (lines.length === 0) return undefined;
  return `Left out on this machine, and nothing is wrong with that: tests are skipped that need what a clone does not bring.\n${lines.join("\n")}`;
}

/** Says it before any test runs and, where all of them do, once more at the end, where it is looked for. */
export async function setup(): Promise<(() => void) | undefined> {
  const told = leftOut({
    "requests held to Meta's specification": missingSpecification(),
    "requests held to Twilio's specification": missingTwilioSpecification(),
    "signup in a browser": chromiumIsAway(),
    "storage in a PostgreSQL server (the one in WebAssembly is tested)": await postgresIsAway(),
    "the Next.js example": process.env.WADESK_NEXT_APP === undefined ? "built and tested by `npx -y pnpm@12 check`" : undefined,
  });
  if (told === undefined) return undefined;
  console.log(`${told}\n`);
  return process.env.WADESK_ALL_TESTS === "1" ? () => console.log(`\n${told}`) : undefined;
}
