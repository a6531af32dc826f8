import { expect, it } from "vitest";
import { readEnvironment } from "./read-environment.ts";

interface Options {
  readonly key?: string | readonly string[] | undefined;
  readonly address?: string | undefined;
  readonly name?: string | undefined;
  readonly limit?: number | undefined;
}

const variables = {
  key: { name: "KEY", needed: "a key, by the command", several: true },
  address: { name: "ADDRESS", needed: "an address, under Settings" },
  name: { name: "NAME" },
} as const;
const read = (environment: Record<string, string>, options: Options = {}): Options =>
  readEnvironment("some", variables, options, environment);

it("reads what is needed and what is optional, without blanks, and nothing else", () => {
  expect(read({ KEY: " k ", ADDRESS: "a", NAME: "n", OTHER: "o" })).toEqual({ key: ["k"], address: "a", name: "n" });
  expect(read({ KEY: "k,former", ADDRESS: "a,b", NAME: "  " })).toEqual({ key: ["k", "former"], address: "a,b" });
});

it("lets an option that is given stand for its variable, which need not be set then", () => {
  expect(read({ KEY: "k", ADDRESS: "a" }, { address: "mine", limit: 0 })).toEqual({ key: ["k"], address: "mine", limit: 0 });
  expect(read({ KEY: "k" }, { address: "mine" })).toEqual({ key: ["k"], address: "mine" });
  expect(read({}, { key: "mine", address: "" })).toEqual({ key: "mine", address: "" });
});

it("takes an option that is undefined for one that is not given", () => {
  expect(read({ KEY: "k", ADDRESS: "a", NAME: "n" }, { address: undefined, name: undefined })).toEqual({
    key: ["k"],
    address: "a",
    name: "n",
  });
  expect(() => read({ KEY: "k" }, { address: undefined })).toThrow("some: set ADDRESS (an address, under Settings)");
});

it("names every variable that lacks, with what it is, and shows the value of none", () => {
  expect(() => read({ KEY: "the secret", ADDRESS: " " })).toThrow("some: set ADDRESS (an address, under Settings)");
  expect(() => read({})).toThrow("some: set KEY (a key, by the command), ADDRESS (an address, under Settings)");
  expect(() => read({ KEY: "the secret" })).not.toThrow("the secret");
});

it("reads the process's own environment where none is given", () => {
  expect(readEnvironment("some", { path: { name: "PATH", needed: "the system's" } }, {})).toEqual({ path: process.env.PATH });
});
