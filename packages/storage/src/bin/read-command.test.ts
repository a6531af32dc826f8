import { expect, it } from "vitest";
import { readCommand } from "./read-command.ts";

it("prints the script of a database, and how it is used where that is asked", async () => {
  expect(await readCommand(["sqlite"])).toMatchObject({ exitCode: 0, text: expect.stringMatching(/^begin;\n[\s\S]*wadesk_connections/) });
  expect(await readCommand(["postgres", "--schema", "shop"])).toMatchObject({ exitCode: 0, text: expect.stringContaining('"shop"') });
  expect(await readCommand(["--help"])).toMatchObject({ exitCode: 0, text: expect.stringContaining("--after <name>") });
});

it.each([
  [["mysql"], "There are no migrations for mysql: say sqlite or postgres."],
  [[], "Say for which database"],
  [["sqlite", "postgres"], "postgres is one word too many"],
  [["sqlite", "--schema", "shop"], "SQLite has no schemas"],
  [["postgres", "--shema", "shop"], "there is no option --shema: there are --schema, --after, --help"],
  [["postgres", "--after", "0009"], "there is no migration 0009, but 0001"],
])("says what is wrong with %j before how it is used", async (words, sentence) => {
  const { exitCode, text } = await readCommand(words);
  expect(exitCode).toBe(2);
  expect(text.split("\n\n")[0]).toContain(sentence);
  expect(text).toContain("wadesk-migrations sqlite");
});
