import { TWILIO_OPERATIONS } from "@wadesk/testing";
import { describe, expect, it } from "vitest";
import { isNode, pointerTo, valueAt } from "../file/patch.ts";
import { watchExchanges } from "../watch.ts";
import { missingTwilioSpecification } from "./documents.ts";
import { NEEDED_FIELDS, OWN_TWILIO_OPERATIONS } from "./own-operations.ts";
import { TWILIO_REPAIRS } from "./repairs.ts";
import { ACCEPTED_REQUESTS, REFUSED_REQUESTS, type SampleRequest } from "./samples.ts";
import { createTwilioSpecification, type TwilioSpecification, theTwilioSpecification } from "./specification.ts";
import { createTwilioWorld, plansOf, requestOf } from "./world.ts";

const missing = missingTwilioSpecification();
if (missing) console.warn(`skipped: ${missing}`);

const NAMES = TWILIO_OPERATIONS.map(({ name }) => name);

function exchangeOf({ operation, path, body }: SampleRequest, response: { status: number; body: unknown }) {
  const type = operation.includes("/Senders/") ? "application/json" : "application/x-www-form-urlencoded";
  const headers = { authorization: "Basic QUM6dG9rZW4=", ...(body && { "content-type": type }) };
  const [method = ""] = operation.split(" ");
  return { vendor: "twilio" as const, operation, request: { method, url: `https://api.twilio.com${path}`, headers, body }, response };
}

function requestReasons(specification: TwilioSpecification, sample: SampleRequest): string[] {
  const issues = specification.validateExchange(exchangeOf(sample, { status: 0, body: undefined }));
  return issues.filter(({ side }) => side === "request").map(({ reason }) => reason);
}

describe.skipIf(missing)("Twilio's specification", () => {
  it.each(Object.entries(ACCEPTED_REQUESTS))("accepts %s", (_, sample) => {
    expect(requestReasons(theTwilioSpecification(), sample)).toEqual([]);
  });

  it.each(Object.entries(REFUSED_REQUESTS))("refuses %s", (_, sample) => {
    expect(requestReasons(theTwilioSpecification(), sample)).not.toEqual([]);
  });

  it.each(TWILIO_REPAIRS.map((row) => [row.refuses, row] as const))("needs the repair that refuses %s", (name, row) => {
    const sample = REFUSED_REQUESTS[name];
    const without = createTwilioSpecification(TWILIO_REPAIRS.filter((other) => other !== row));
    expect(sample && requestReasons(without, sample)).toEqual([]);
    expect(row.page).toMatch(/^https:\/\/www\.twilio\.com\/docs\//);
  });

  it("accepts the files' own examples of each operation's answer", () => {
    const refused = NAMES.flatMap((name) =>
      examplesOf(theTwilioSpecification(), name).flatMap(([example, body]) =>
        theTwilioSpecification()
          .answerReasons(name, body)
          .map((reason) => `${name}, ${example}: ${reason}`),
      ),
    );
    expect(refused).toEqual([]);
  });

  it("has every operation of the fake, and a source for those that the files lack", () => {
    for (const name of NAMES) expect(theTwilioSpecification().operations.has(name), name).toBe(true);
    const own = Object.entries(OWN_TWILIO_OPERATIONS);
    for (const [name, { source }] of own)
      expect([theTwilioSpecification().documentOf(name), source]).toEqual([undefined, expect.stringMatching(/^https:\/\/www\.twilio/)]);
    expect(Object.keys(NEEDED_FIELDS).filter((name) => !(NAMES as string[]).includes(name))).toEqual([]);
    expect(NAMES.filter((name) => theTwilioSpecification().operations.get(name)?.answer && !NEEDED_FIELDS[name])).toEqual([]);
  });

  it("complains of a fake that is lenient, answers in words of its own, or leaves away what we read", async () => {
    const complaints = async (sample: SampleRequest | undefined, status: number, body: unknown): Promise<string[]> => {
      const watch = watchExchanges();
      if (sample) watch.note(exchangeOf(sample, { status, body }));
      return watch.complaints();
    };
    const refusal = {
      code: 21604,
      message: "A 'To' phone number is required.",
      more_info: "https://www.twilio.com/docs/errors/21604",
      status: 400,
    };
    const nobody = REFUSED_REQUESTS["a message to nobody"];
    expect(await complaints(nobody, 400, refusal)).toEqual([]);
    expect(await complaints(nobody, 400, { error: "no" })).toContainEqual(
      expect.stringContaining("the fake's answer 400 is not as Twilio's"),
    );
    expect(await complaints(nobody, 201, {})).toContainEqual(
      expect.stringContaining("the fake answered 201 to a request that Twilio refuses"),
    );
    expect(await complaints(ACCEPTED_REQUESTS["a text"], 200, {})).toEqual([expect.stringContaining("200 instead of 201")]);
    expect(await complaints(ACCEPTED_REQUESTS["a text"], 201, {})).toContainEqual(expect.stringContaining("/sid is missing"));
  });

  it("has no field in its examples that the fake's answers lack", async () => {
    const world = await createTwilioWorld();
    const lacking: string[] = [];
    for (const plan of plansOf(world)) {
      const answer: unknown = await (await world.twilio.fetch(requestOf(plan))).json().catch(() => undefined);
      const fields = isNode(answer) ? Object.keys(answer) : [];
      for (const [, example] of examplesOf(theTwilioSpecification(), plan.operation)) {
        if (isNode(example))
          lacking.push(
            ...Object.keys(example)
              .filter((field) => !fields.includes(field))
              .map((field) => `${plan.operation}: ${field}`),
          );
      }
    }
    expect(lacking).toEqual([]);
    await world.twilio.close();
  });
});

function examplesOf(specification: TwilioSpecification, name: string): [string, unknown][] {
  const [method = "", path = ""] = name.split(" ");
  const document = specification.documentOf(name);
  const status = String(specification.operations.get(name)?.status);
  const at = pointerTo("paths", path, method.toLowerCase(), "responses", status, "content", "application/json", "examples");
  return Object.entries((valueAt(document, at) ?? {}) as Record<string, { value?: unknown; $ref?: string }>)
    .filter(([example]) => !example.startsWith("rcs"))
    .map(([example, { value, $ref }]) => [example, $ref === undefined ? value : valueAt(document, `${$ref.slice(1)}/value`)]);
}
