import { expect, it } from "vitest";
import { readEnvironment } from "./read-environment.ts";

const variables = { needed: { KEY: "a key, by the command", ADDRESS: "an address, under Settings" }, optional: ["NAME"] } as const;
const read = (environment: Record<string, string>): unknown => readEnvironment("some", variables, environment);

it("reads what is needed and what is optional, without blanks, and nothing else", () => {
  expect(read({ KEY: " k ", ADDRESS: "a", NAME: "n", OTHER: "o" })).toEqual({ KEY: "k", ADDRESS: "a", NAME: "n" });
  expect(read({ KEY: "k", ADDRESS: "a", NAME: "  " })).toEqual({ KEY: "k", ADDRESS: "a" });
});

it("names every variable that lacks, with what it is, and shows the value of none", () => {
  expect(() => read({ KEY: "the secret", ADDRESS: " " })).toThrow("some: set ADDRESS (an address, under Settings)");
  expect(() => read({})).toThrow("some: set KEY (a key, by the command), ADDRESS (an address, under Settings)");
  expect(() => read({ KEY: "the secret" })).not.toThrow("the secret");
});

it("reads the process's own environment where none is given", () => {
  expect(readEnvironment("some", { needed: { PATH: "the system's" }, optional: [] })).toEqual({ PATH: process.env.PATH });
});
