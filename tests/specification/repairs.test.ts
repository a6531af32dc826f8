import { describe, expect, it } from "vitest";
import { missingSpecification, readDocument } from "./file/document.ts";
import { type Node, valueAt } from "./file/patch.ts";
import { MESSAGE_EXAMPLES, nameOfRepair, REPAIRS } from "./repairs.ts";
import { ACCEPTED, REFUSED } from "./samples.ts";
import { createSpecification, type Specification } from "./specification.ts";

const missing = missingSpecification();
if (missing) console.warn(`skipped: ${missing}`);

describe.skipIf(missing)("Meta's file with its repairs", () => {
  let whole: Specification | undefined;
  let file: Node | undefined;
  // only what a message is made of: the whole file would be read once a row
  const messages = (): Node => (file ??= messagesOnly(readDocument()));
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
      structuredClone(messages()),
    );
    const { evidence } = row;
    if ("refuses" in evidence) {
      expect(without.messageReasons(REFUSED[evidence.refuses])).toEqual([]);
    } else {
      const request = "accepts" in evidence ? ACCEPTED[evidence.accepts] : exampleOf(without, evidence.example);
      expect(request).toBeDefined();
      expect(without.messageReasons(request)).not.toEqual([]);
    }
  });

  it("names a page of Meta's for each row that no example proves, and uses each of our own requests", () => {
    const pages = REPAIRS.flatMap(({ evidence }) => ("page" in evidence ? [evidence.page] : []));
    expect(pages.filter((page) => !page.startsWith("https://developers.facebook.com/"))).toEqual([]);
    const named = new Set(
      REPAIRS.flatMap(({ evidence }) => ("accepts" in evidence ? [evidence.accepts] : "refuses" in evidence ? [evidence.refuses] : [])),
    );
    expect([...Object.keys(ACCEPTED), ...Object.keys(REFUSED)].filter((name) => name !== "text" && !named.has(name))).toEqual([]);
  });
});

function messagesOnly({ components, paths }: Node): Node {
  const path = "/{Version}/{Phone-Number-ID}/messages";
  return { components, paths: { [path]: (paths as Node)[path] } };
}

function examplesOf({ document }: { document: Node }): [string, unknown][] {
  const examples = valueAt(document, MESSAGE_EXAMPLES) as Record<string, { value: unknown }>;
  return Object.entries(examples).map(([name, { value }]) => [name, value]);
}

function exampleOf(specification: { document: Node }, name: string): unknown {
  return examplesOf(specification).find(([other]) => other === name)?.[1];
}
