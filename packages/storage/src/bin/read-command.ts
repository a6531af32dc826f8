import { parseArgs } from "node:util";
import { isWadeskError } from "@wadesk/core";
import { printMigrations } from "../migrations/print-migrations.ts";
import { postgresSchema, sqliteSchema } from "../migrations/schema-words.ts";

const USAGE = `Prints the SQL that brings a database to this version of @wadesk/storage.

  wadesk-migrations sqlite
  wadesk-migrations postgres

  --schema <name>   PostgreSQL's schema; "public" by default
  --after <name>    the last migration that the database has had; without it the database is empty
`;

const OPTIONS = { schema: { type: "string" }, after: { type: "string" }, help: { type: "boolean" } } as const;

/** What the command prints, where, and with which code it ends. */
export interface Answered {
  readonly exitCode: 0 | 2;
  readonly text: string;
}

/** Answers what stands behind `wadesk-migrations`: the script, or what was wrong and how it is used. */
export async function readCommand(words: readonly string[]): Promise<Answered> {
  const refused = (what: string): Answered => ({ exitCode: 2, text: `${what}\n\n${USAGE}` });
  const stranger = words.find((word) => word.startsWith("-") && !Object.hasOwn(OPTIONS, /^--([^=]*)/.exec(word)?.[1] ?? ""));
  if (stranger !== undefined) {
    const there = Object.keys(OPTIONS).map((name) => `--${name}`);
    return refused(`there is no option ${stranger.split("=")[0]}: there are ${there.join(", ")}`);
  }
  try {
    const { positionals, values } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: OPTIONS,
    });
    if (values.help === true) return { exitCode: 0, text: USAGE };
    const [dialect, ...more] = positionals;
    if (dialect === undefined) return refused("Say for which database: sqlite or postgres.");
    if (dialect !== "sqlite" && dialect !== "postgres") return refused(`There are no migrations for ${dialect}: say sqlite or postgres.`);
    if (more.length > 0) return refused(`${more.join(" ")} is one word too many behind ${dialect}.`);
    if (dialect === "sqlite" && values.schema !== undefined) return refused("SQLite has no schemas: leave --schema out.");
    const schema = dialect === "sqlite" ? sqliteSchema : postgresSchema(values.schema ?? "public");
    return { exitCode: 0, text: await printMigrations(schema, values.after) };
  } catch (error) {
    // what Node says of an option without its value, and what is wrong with --after
    if (!isWadeskError(error) && !(error instanceof TypeError && "code" in error)) throw error;
    return refused(error.message);
  }
}
