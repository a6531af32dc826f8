import { TWILIO_OPERATIONS } from "@wadesk/testing";
import { afterAll, describe, expect, it, vi } from "vitest";
import { missingTwilioSpecification } from "./documents.ts";
import { rowsOf, type TwilioRow } from "./rows.ts";
import { theTwilioSpecification } from "./specification.ts";
import { createTwilioWorld, plansOf, requestOf, type TwilioWorld } from "./world.ts";

const missing = missingTwilioSpecification();
if (missing) console.warn(`skipped: ${missing}`);

vi.setConfig({ testTimeout: 60_000 });

const FEWEST_ROWS = { anOperation: 5, all: 320 };
// whoever has the address of a file's bytes may read them: nothing but the address can be wrong
const NAMES = TWILIO_OPERATIONS.map(({ name }) => name).filter((name) => name !== "GET /{AccountSid}/{Key}");

describe.skipIf(missing)("the fake Twilio against the specification", () => {
  const worlds: TwilioWorld[] = [];
  const world = async (): Promise<TwilioWorld> => {
    const made = await createTwilioWorld();
    worlds.push(made);
    return made;
  };
  afterAll(async () => void (await Promise.all(worlds.map(({ twilio }) => twilio.close()))));

  it("grants what is valid", async () => {
    const here = await world();
    const refused: string[] = [];
    for (const plan of plansOf(here)) {
      const answer = await here.twilio.fetch(requestOf(plan));
      if (!answer.ok) refused.push(`${plan.name}: ${answer.status} ${await answer.text()}`);
    }
    expect(refused).toEqual([]);
  });

  let all = 0;

  it.each(NAMES)("%s: refuses what has one thing broken", async (name) => {
    const here = await world();
    const rows = plansOf(here)
      .filter(({ operation }) => operation === name)
      .flatMap((plan) => rowsOf(theTwilioSpecification(), here, plan));
    const failing: string[] = [];
    for (const row of rows) failing.push(...(await failuresOf(here, row)));
    all += rows.length;
    expect(failing).toEqual([]);
    expect(rows.length).toBeGreaterThanOrEqual(FEWEST_ROWS.anOperation);
  });

  it("has not shrunk", () => {
    expect(all).toBeGreaterThanOrEqual(FEWEST_ROWS.all);
  });

  it("tells a fake that grants everything, and one that refuses in words of its own", async () => {
    const here = await world();
    const rows = plansOf(here).flatMap((plan) => rowsOf(theTwilioSpecification(), here, plan));
    for (const answer of [
      Response.json({}),
      Response.json({ error: "no" }, { status: 400 }),
      Response.json({ code: 1, message: "No", status: 400 }, { status: 400 }),
    ]) {
      const dull = { ...here, twilio: { ...here.twilio, fetch: async () => answer.clone() } };
      expect((await Promise.all(rows.map((row) => failuresOf(dull, row)))).flat()).toHaveLength(rows.length);
    }
  });
});

/** Why a row fails: it was granted, or refused in another way than Twilio does. */
async function failuresOf({ twilio }: TwilioWorld, row: TwilioRow): Promise<string[]> {
  const answer = await twilio.fetch(requestOf(row));
  const text = await answer.text();
  const { code, message, more_info, status } = fieldsOf(text);
  const enveloped = typeof message === "string" && more_info === `https://www.twilio.com/docs/errors/${code}` && status === answer.status;
  const right = answer.status === row.status && row.codes.includes(Number(code));
  return enveloped && right ? [] : [`${row.name}: ${answer.status} ${text.slice(0, 200)}`];
}

function fieldsOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
