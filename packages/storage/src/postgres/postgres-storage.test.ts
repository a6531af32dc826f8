import { createServer, type Server, type Socket } from "node:net";
import { isWadeskError } from "@wadesk/core";
import { recordingLogger } from "@wadesk/testing";
import pg from "pg";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import type { SqlStorage } from "../storage/sql-storage.ts";
import { POSTGRES_URL, postgresIsAway, testSchemas } from "../testing/open-databases.ts";
import { openPool } from "./own-pool.ts";
import { postgresFaults } from "./postgres-faults.ts";
import { postgresStorage } from "./postgres-storage.ts";

/** The sentence of a refusal that a person can act on. */
async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  if (!isWadeskError(error, "storage_unavailable")) throw new Error("it was not refused", { cause: error });
  const everything = `${error.message} ${JSON.stringify(error)} ${error.stack} ${(error.cause as Error | undefined)?.stack}`;
  expect(everything).not.toContain("hunter2");
  return error.message;
}

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Something on loopback that is not PostgreSQL; answers the URL that leads there. */
async function impostor(talk: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    talk(socket);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return `postgres://shop:hunter2@127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/shop`;
}

// an ErrorResponse: https://www.postgresql.org/docs/current/protocol-message-formats.html
function refusal(code: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`);
  const head = Buffer.from([0x45, 0, 0, 0, 0]);
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

const quiet = { log: recordingLogger().log, listen: false } as const;

describe("postgresStorage says what is wrong and what to do, and never its password", () => {
  it.each([
    ["not a URL", "postgres://shop:hunter2@host:port/shop"],
    ["of another database", "mysql://shop:hunter2@127.0.0.1/shop"],
    ["empty", ""],
  ])("when the URL is %s", async (_name, url) => {
    const refused = postgresStorage({ url, ...quiet }).open();
    await expect(refused).rejects.toMatchObject({ code: "configuration_invalid", remedy: "none", issues: [{ field: "url" }] });
    await expect(refused).rejects.toThrow("cannot be read: write postgres://user:password@host:port/database");
    await expect(refused).rejects.not.toThrow("hunter2");
  });

  it("when nobody listens there", async () => {
    const url = await impostor(() => {});
    const [server] = servers.splice(0);
    await new Promise((resolve) => server?.close(resolve));
    expect(await refusalOf(postgresStorage({ url, ...quiet }).open())).toContain("cannot be reached");
  });

  it.each([
    ["28P01", 'password authentication failed for user "shop"', "refused the password"],
    ["3D000", 'database "shop" does not exist', "create it, or name another"],
    ["53300", "sorry, too many clients already", "too many connections"],
    ["57P03", "the database system is starting up", "starting up"],
    ["28000", "no pg_hba.conf entry", "pg_hba.conf"],
  ])("when the server refuses with %s, %s", async (code, message, sentence) => {
    const url = await impostor((socket) => socket.once("data", () => socket.end(refusal(code, message))));
    expect(await refusalOf(postgresStorage({ url, ...quiet }).open())).toContain(sentence);
  });

  it("when something else answers, or hangs up", async () => {
    const url = await impostor((socket) => socket.once("data", () => socket.destroy()));
    expect(await refusalOf(postgresStorage({ url, ...quiet }).open())).toMatch(/connection to PostgreSQL was lost/);
  });

  it("when packets go nowhere, within the limit", async () => {
    const url = await impostor(() => {});
    const pool = await openPool(url, 1, recordingLogger().log, 50);
    const error: unknown = await pool.connect().catch((reason: unknown) => reason);
    expect(postgresFaults.explain(error)).toContain("did not answer in time when it was called");
    await pool.end();
  });
});

const away = await postgresIsAway();
describe.skipIf(away)(away ?? "postgresStorage on a server", () => {
  const schemas = testSchemas();
  afterAll(schemas.remove);
  const write = (storage: SqlStorage): Promise<unknown> => storage.records.set("n/", new Map([["key", { value: new Uint8Array(1) }]]));

  it("connects to nothing before its first use", async () => {
    let connected = 0;
    const url = await impostor(() => {
      connected += 1;
    });
    await postgresStorage({ url, ...quiet }).close();
    expect(connected).toBe(0);
  });

  it("ends its own connections when it closes, and leaves a host's pool open and as it was", async () => {
    const schema = schemas.fresh();
    const url = new URL(POSTGRES_URL);
    url.searchParams.set("application_name", schema);
    const own = postgresStorage({ url: url.href, schema });
    const stop = await own.changes?.subscribe({ topic: "inbox" }, () => {});
    await write(own);
    const connections = async (): Promise<number> =>
      (await schemas.pool.query("select 1 from pg_stat_activity where application_name = $1", [schema])).rows.length;
    expect(await connections()).toBeGreaterThanOrEqual(2);
    await Promise.all([own.close(), own.close()]);
    await stop?.();
    await expect.poll(connections).toBe(0);

    const pool = new pg.Pool({ connectionString: POSTGRES_URL, max: 2 });
    const storage = postgresStorage({ pool, schema });
    const end = await storage.changes?.subscribe({ topic: "inbox" }, () => {});
    await write(storage);
    await storage.close();
    await end?.();
    expect([pool.ended, pool.totalCount - pool.idleCount, pool.listenerCount("error")]).toEqual([false, 0, 0]);
    expect((await pool.query("select pg_listening_channels()")).rows).toEqual([]);
    expect((await pool.query("show statement_timeout")).rows).toEqual([{ statement_timeout: "0" }]);
    await pool.end();
    expect(await refusalOf(postgresStorage({ pool, schema, ...quiet }).open())).toContain("was closed while it was in use");
  });

  it.each([
    ["the schema that its URL names", "", true],
    ["an option's schema over that of its URL", "other", false],
  ])("keeps its tables in %s", async (_name, given, ofUrl) => {
    const [named, own] = [schemas.fresh(), schemas.fresh()];
    const url = new URL(POSTGRES_URL);
    url.searchParams.set("schema", named);
    const storage = postgresStorage(given === "" ? url.href : { url: url.href, schema: own });
    await write(storage);
    await storage.close();
    const { rows } = await schemas.pool.query(
      "select schemaname from pg_tables where tablename = 'wadesk_records' and schemaname = any($1)",
      [[named, own]],
    );
    expect(rows).toEqual([{ schemaname: ofUrl ? named : own }]);
  });

  it("names the schema's missing rights, a read-only database and a missing database", async () => {
    const missing = new URL(POSTGRES_URL);
    missing.pathname = "/there_is_no_such_database";
    expect(await refusalOf(postgresStorage({ url: missing.href, ...quiet }).open())).toContain("the database does not exist");
    const readOnly = new URL(POSTGRES_URL);
    readOnly.searchParams.set("options", "-c default_transaction_read_only=on");
    const storage = postgresStorage({ url: readOnly.href, schema: schemas.fresh(), ...quiet });
    expect(await refusalOf(storage.open())).toContain("the database is read-only");
    await storage.close();
  });

  it("takes itself up again when its connections were ended, and harms neither the process nor the host's pool", async () => {
    const schema = schemas.fresh();
    const pool = new pg.Pool({ connectionString: POSTGRES_URL, application_name: schema });
    const storage = postgresStorage({ pool, schema, ...quiet });
    await write(storage);
    await schemas.pool.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1", [schema]);
    await expect
      .poll(() =>
        write(storage).then(
          () => "written",
          () => "refused",
        ),
      )
      .toBe("written");
    await storage.close();
    await pool.end();
  });
});
