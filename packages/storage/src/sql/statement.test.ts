import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql } from "kysely";
import { expect, it } from "vitest";
import { type Compiled, compiler, statement } from "./statement.ts";
import { sqliteWords } from "./words.ts";

/** A statement that counts how often it is compiled, and its compiler for an open database. */
function open() {
  const kit = { sql, words: sqliteWords(sql), table: (name: string) => sql.table(`wadesk_${name}`) };
  const kysely = (): Kysely<unknown> =>
    new Kysely({
      dialect: {
        createAdapter: () => new SqliteAdapter(),
        createDriver: () => new DummyDriver(),
        createIntrospector: (database) => new SqliteIntrospector(database),
        createQueryCompiler: () => new SqliteQueryCompiler(),
      },
    });
  let compilings = 0;
  const each = statement<{ name: string }>(({ sql: tag, value }) => {
    compilings += 1;
    return tag`select ${value("name")}`;
  });
  const compile = (known?: Compiled) => compiler(kysely(), kit, known);
  return { each, compile, compilings: () => compilings };
}

it("databases whose statements read the same compile each of them once together", () => {
  const { each, compile, compilings } = open();
  const known: Compiled = new WeakMap();
  expect(compile(known)(each, { name: "one" })).toMatchObject({ sql: "select ?", parameters: ["one"] });
  expect(compile(known)(each, { name: "two" })).toMatchObject({ sql: "select ?", parameters: ["two"] });
  expect(compilings()).toBe(1);
});

it("a database by itself remembers what it has compiled", () => {
  const { each, compile, compilings } = open();
  const own = compile();
  own(each, { name: "one" });
  own(each, { name: "two" });
  compile()(each, { name: "three" });
  expect(compilings()).toBe(2);
});
