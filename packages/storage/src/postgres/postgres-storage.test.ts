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

/** Refused as what nobody should repeat before they mended an option. */
async function expectUnusable(work: Promise<unknown>, field: "url" | "pool", sentence: string): Promise<void> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  if (!isWadeskError(error, "configuration_invalid")) throw new Error("it was not refused", { cause: error });
  expect(error).toMatchObject({ remedy: "none", issues: [{ field }], message: expect.stringContaining(`postgresStorage: ${field}: `) });
  expect(error.message).toContain(sentence);
  expect(`${error.message} ${JSON.stringify(error)} ${error.stack} ${(error.cause as Error | undefined)?.stack}`).not.toContain("hunter2");
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
    ["53300", "sorry, too many clients already", "too many connections"],
    ["57P03", "the database system is starting up", "starting up"],
    ["57P01", "terminating connection due to administrator command", "the connection to PostgreSQL was lost"],
    ["08006", "connection failure", "the connection to PostgreSQL was lost"],
  ])("when the server refuses for a moment with %s, %s, which is worth a repeat", async (code, message, sentence) => {
    const url = await impostor((socket) => socket.once("data", () => socket.end(refusal(code, message))));
    const refused = postgresStorage({ url, ...quiet }).open();
    expect(await refusalOf(refused)).toContain(sentence);
    await expect(refused).rejects.toMatchObject({ remedy: "retry" });
  });

  it.each([
    ["28P01", 'password authentication failed for user "shop"', "refused the password"],
    ["28000", "no pg_hba.conf entry", "pg_hba.conf"],
    ["3D000", 'database "shop" does not exist', "create it, or name another"],
    ["42501", "permission denied for database shop", "grant it CREATE"],
  ])("when the server refuses for good with %s, %s, which names the option and is worth no repeat", async (code, message, sentence) => {
    const url = await impostor((socket) => socket.once("data", () => socket.end(refusal(code, message))));
    await expectUnusable(postgresStorage({ url, ...quiet }).open(), "url", sentence);
    const pool = new pg.Pool({ connectionString: url });
    await expectUnusable(postgresStorage({ pool, schema: "shop", ...quiet }).migrate(), "pool", sentence);
    await pool.end();
  });

  it("when it wants a password, or has no TLS, or a file that the URL names is not there", async () => {
    // AuthenticationSASL, then AuthenticationSASLContinue
    const asks = [Buffer.from("R\0\0\0\x17\0\0\0\x0aSCRAM-SHA-256\0\0"), Buffer.from("R\0\0\0\x16\0\0\0\x0br=a,s=YQ==,i=1")];
    const url = await impostor((socket) => socket.on("data", () => socket.write(asks.shift() ?? "")));
    const bare = new URL(url);
    bare.password = "";
    await expectUnusable(postgresStorage({ url: bare.href, ...quiet }).open(), "url", "wants a password");
    const plain = await impostor((socket) => socket.once("data", () => socket.write("N")));
    await expectUnusable(postgresStorage({ url: `${plain}?sslmode=verify-full`, ...quiet }).open(), "url", "has no TLS");
    const lost = postgresStorage({ url: `${plain}?sslmode=verify-full&sslrootcert=/there/is/none.pem`, ...quiet }).open();
    await expectUnusable(lost, "url", "/there/is/none.pem, which sslrootcert, sslcert or sslkey names, cannot be read");
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

  it("names a missing database and a stranger for good, and a read-only database for the moment", async () => {
    const missing = new URL(POSTGRES_URL);
    missing.pathname = "/there_is_no_such_database";
    await expectUnusable(postgresStorage({ url: missing.href, ...quiet }).open(), "url", "the database does not exist");
    const stranger = new URL(POSTGRES_URL);
    stranger.username = "there_is_no_such_role";
    stranger.password = "hunter2";
    await expectUnusable(postgresStorage({ url: stranger.href, ...quiet }).open(), "url", "does not let this user in");
    const readOnly = new URL(POSTGRES_URL);
    readOnly.searchParams.set("options", "-c default_transaction_read_only=on");
    const storage = postgresStorage({ url: readOnly.href, schema: schemas.fresh(), ...quiet });
    expect(await refusalOf(storage.open())).toContain("the database is read-only");
    await storage.close();
  });

  it("is worth a repeat again, once it has answered, when its user is shut out and let in again", async () => {
    const schema = schemas.fresh();
    const { pool } = schemas;
    await pool.query(`create role ${schema} login; create schema ${schema} authorization ${schema}`);
    const url = new URL(POSTGRES_URL);
    url.username = schema;
    const storage = postgresStorage({ url: url.href, schema, ...quiet });
    await write(storage);
    await pool.query(`alter role ${schema} nologin`);
    await pool.query("select pg_terminate_backend(pid) from pg_stat_activity where usename = $1", [schema]);
    const answer = (): Promise<unknown> => write(storage).catch((error: unknown) => error);
    await expect.poll(async () => String(await answer())).toContain("does not let this user in");
    expect(await answer()).toMatchObject({ code: "storage_unavailable", remedy: "retry" });
    await pool.query(`alter role ${schema} login`);
    await expect(write(storage)).resolves.not.toThrow();
    await storage.close();
    await pool.query(`drop owned by ${schema}; drop role ${schema}`);
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
