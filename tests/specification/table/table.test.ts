import { META_OPERATIONS } from "@wadesk/testing";
import { afterAll, describe, expect, it, vi } from "vitest";
import { missingSpecification } from "../file/document.ts";
import { theSpecification } from "../specification.ts";
import { plansOf } from "./plans.ts";
import { type Row, requestOf, rowsOf } from "./rows.ts";
import { createWorld, type World } from "./world.ts";

const missing = missingSpecification();
if (missing) console.warn(`skipped: ${missing}`);

// more than a thousand requests in one test
vi.setConfig({ testTimeout: 60_000 });

// want a number of the WhatsApp Business app and a catalog, which no other operation takes; they are none of the file's, and have tests of their own
const IN_TABLE = META_OPERATIONS.filter(({ edge }) => edge !== "smb_app_data" && edge !== "product_catalogs");

const FEWEST_ROWS = { anOperation: 8, all: 1300 };

describe.skipIf(missing)("the fake Meta against the specification", () => {
  const worlds: World[] = [];
  const world = async (): Promise<World> => {
    const made = await createWorld();
    worlds.push(made);
    return made;
  };
  afterAll(async () => void (await Promise.all(worlds.map(({ meta }) => meta.close()))));

  it.each(IN_TABLE.map((demand) => [demand.name, demand] as const))("%s: grants what is valid", async (_, demand) => {
    const here = await world();
    const refused: string[] = [];
    for (const plan of await plansOf(here, demand)) {
      const answer = await here.meta.fetch(requestOf(plan));
      if (answer.status !== 200) refused.push(`${plan.name}: ${answer.status} ${await answer.text()}`);
    }
    expect(refused).toEqual([]);
  });

  let all = 0;

  it.each(IN_TABLE.map((demand) => [demand.name, demand] as const))("%s: refuses what has one thing broken", async (_, demand) => {
    const here = await world();
    const rows = (await plansOf(here, demand)).flatMap((plan) => rowsOf(theSpecification(), here, plan));
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
    const [demand] = META_OPERATIONS.filter(({ edge }) => edge === "messages");
    const [plan] = demand ? await plansOf(here, demand) : [];
    const rows = plan ? rowsOf(theSpecification(), here, plan) : [];
    expect(await failuresWith(here, rows, new Response("{}"))).toBe(rows.length);
    expect(await failuresWith(here, rows, Response.json({ error: "no" }, { status: 400 }))).toBe(rows.length);
    const error = { message: "No", type: "OAuthException", code: 1, fbtrace_id: "A" };
    expect(await failuresWith(here, rows, Response.json({ error }, { status: 400 }))).toBe(rows.length);
  });
});

/** Why a row fails: it was granted, or refused in another way than Meta does. */
async function failuresOf({ meta }: World, row: Row): Promise<string[]> {
  const answer = await meta.fetch(requestOf(row));
  const text = await answer.text();
  const { code, type, message, fbtrace_id } = errorOf(text);
  const enveloped =
    typeof message === "string" && typeof fbtrace_id === "string" && (type === "OAuthException" || type === "GraphMethodException");
  const right = row.refusal.statuses.includes(answer.status) && row.refusal.codes.includes(Number(code));
  return enveloped && right ? [] : [`${row.name}: ${answer.status} ${text.slice(0, 300)}`];
}

/** How many rows fail when a fake gives this answer to each. */
async function failuresWith(here: World, rows: readonly Row[], answer: Response): Promise<number> {
  const dull = { ...here, meta: { ...here.meta, fetch: async () => answer.clone() } };
  return (await Promise.all(rows.map((row) => failuresOf(dull, row)))).flat().length;
}

function errorOf(text: string): Record<string, unknown> {
  try {
    return (JSON.parse(text) as { error?: Record<string, unknown> }).error ?? {};
  } catch {
    return {};
  }
}
