import { expect, it } from "vitest";
import { installLine, isInstalled, lackingParts } from "./parts.ts";

it("what is not installed is named with the command that installs it, PostgreSQL's client where it is used", () => {
  const isThere = (name: string): boolean => name !== "pino" && name !== "pg";
  expect(lackingParts(false, isThere)).toEqual(["pino"]);
  expect(lackingParts(true, isThere)).toEqual(["pino", "pg"]);
  expect(lackingParts(true, () => true)).toEqual([]);
  expect(installLine(["pino", "pg"])).toContain("npm install pino pg");
  expect([isInstalled("no-such-package-anywhere")]).toEqual([false]);
});
