import { describe, expect, it } from "vitest";
import { missingSpecification, readDocument } from "./file/document.ts";
import { type Node, pointerTo, valueAt } from "./file/patch.ts";
import { MESSAGE_EXAMPLES, nameOfRepair, type Repair } from "./file/repair.ts";
import { REPAIRS } from "./repairs.ts";
import { ACCEPTED, ACCEPTED_ANSWERS, REFUSED } from "./samples.ts";
import { createSpecification, type Specification } from "./specification.ts";

const missing = missingSpecification();
if (missing) console.warn(`skipped: ${missing}`);

describe.skipIf(missing)("Meta's file with its repairs", () => {
  let whole: Specification | undefined;
  let file: Node | undefined;
  const part = (): Node => (file ??= relevant(readDocument()));
  const repaired = (): Specification => (whole ??= createSpecification());

  it("accepts each of the file's 50 example requests for a message", () => {
    const refused = examplesOf(repaired()).flatMap(([name, body]) =>
      repaired()
        .messageReasons(body)
        .map((reason) => `${name}: ${reason}`),
    );
    expect(refused).toEqual([]);
    expect(examplesOf(repaired())).toHaveLength(50);
  });

  it("accepts each of our own requests that the documentation allows", () => {
    expect(
      Object.entries(ACCEPTED).flatMap(([name, body]) =>
        repaired()
          .messageReasons(body)
          .map((reason) => `${name}: ${reason}`),
      ),
    ).toEqual([]);
  });

  it.each(Object.entries(REFUSED))("refuses %s", (_, body) => {
    expect(repaired().messageReasons(ACCEPTED.text)).toEqual([]);
    expect(repaired().messageReasons(body)).not.toEqual([]);
  });

  it("refuses nearly every example when nothing is repaired", () => {
    const plain = createSpecification([]);
    expect(examplesOf(plain).filter(([, body]) => plain.messageReasons(body).length > 0).length).toBeGreaterThan(15);
  });

  it.each(REPAIRS.map((row) => [nameOfRepair(row), row] as const))("needs the row: %s", (_, row) => {
    const without = createSpecification(
      REPAIRS.filter((other) => other !== row),
      structuredClone(part()),
    );
    if ("refuses" in row.evidence) expect(reasonsFor(row, without)).toEqual([]);
    else expect(reasonsFor(row, without)).not.toEqual([]);
    expect(reasonsFor(row, repaired()).length > 0).toBe("refuses" in row.evidence);
  });

  it("names a page of Meta's for each row that no example proves, and uses each of our own samples", () => {
    const pages = REPAIRS.flatMap(({ evidence }) => ("page" in evidence ? [evidence.page] : []));
    expect(pages.filter((page) => !page.startsWith("https://developers.facebook.com/"))).toEqual([]);
    const named = new Set(
      REPAIRS.map(({ evidence }) => ("accepts" in evidence ? evidence.accepts : "refuses" in evidence && evidence.refuses)),
    );
    const samples = [ACCEPTED, REFUSED, ACCEPTED_ANSWERS].flatMap((each) => Object.keys(each));
    expect(samples.filter((name) => name !== "text" && !named.has(name))).toEqual([]);
  });
});

/** Why the sample that proves a row is refused; empty when it is accepted. */
function reasonsFor({ evidence }: Repair, specification: Specification): string[] {
  if ("answer" in evidence) return specification.answerReasons(evidence.of, answerOf(specification, evidence));
  if ("refuses" in evidence) return specification.messageReasons(REFUSED[evidence.refuses]);
  if ("example" in evidence) return specification.messageReasons(exampleOf(specification, evidence.example));
  const answer = ACCEPTED_ANSWERS[evidence.accepts];
  return answer ? specification.answerReasons(answer.of, answer.body) : specification.messageReasons(ACCEPTED[evidence.accepts]);
}

function answerOf({ document }: Specification, { answer, of }: { readonly answer: string; readonly of: string }): unknown {
  const [method = "", path = ""] = of.split(" ");
  const content = pointerTo("paths", `/{Version}${path}`, method.toLowerCase(), "responses", "200", "content", "application/json");
  return valueAt(document, `${content}${pointerTo("examples", answer, "value")}`);
}

/** Only what the rows are about, and the schemas that it speaks of: the whole file would be gone through once a row. */
function relevant({ components, paths }: Node): Node {
  const named = ["/{Phone-Number-ID}/messages", "/{WABA-ID}/phone_numbers", "/{WABA-ID}", "/{Phone-Number-ID}", "/{Media-ID}"];
  const kept = Object.fromEntries(named.map((path) => [`/{Version}${path}`, (paths as Node)[`/{Version}${path}`]]));
  const { schemas, parameters } = components as { schemas: Node; parameters: Node };
  const found: Node = {};
  const follow = (value: unknown): void => {
    for (const [, name = ""] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (name in found) continue;
      found[name] = schemas[name];
      follow(schemas[name]);
    }
  };
  follow(kept);
  return { components: { schemas: found, parameters }, paths: kept };
}

function examplesOf({ document }: { document: Node }): [string, unknown][] {
  const examples = valueAt(document, MESSAGE_EXAMPLES) as Record<string, { value: unknown }>;
  return Object.entries(examples).map(([name, { value }]) => [name, value]);
}

function exampleOf(specification: { document: Node }, name: string): unknown {
  return examplesOf(specification).find(([other]) => other === name)?.[1];
}
