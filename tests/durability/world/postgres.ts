import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import pg from "pg";

/** The PostgreSQL of this machine. */
export const POSTGRES_URL: string = process.env.WADESK_POSTGRES_URL ?? "postgres://postgres@127.0.0.1:5432/test";

/** Whether its tests are skipped: where it cannot be reached, unless the run insists on it. */
export const NO_POSTGRES: boolean = process.env.WADESK_REQUIRE_SERVICES !== "1" && !(await isReachable(POSTGRES_URL));

/** Added to the name of what is skipped. */
export const WHY_SKIPPED: string = NO_POSTGRES ? " (skipped: no PostgreSQL answers; set WADESK_POSTGRES_URL)" : "";

/** A name that no other test uses. */
export function newSchema(): string {
  return `wadesk_test_${randomUUID().replaceAll("-", "").slice(0, 12)}`;
}

/** Removes a schema and all that is in it. */
export function dropSchema(schema: string): Promise<void> {
  return run(`drop schema if exists ${schema} cascade`);
}

/** Makes a database that no other test uses; answers its address. */
export async function makeDatabase(name: string): Promise<string> {
  await run(`create database ${name}`);
  const url = new URL(POSTGRES_URL);
  url.pathname = `/${name}`;
  return url.href;
}

/** Removes a database, whoever still uses it. */
export function dropDatabase(name: string): Promise<void> {
  return run(`drop database if exists ${name} with (force)`);
}

async function run(statement: string): Promise<void> {
  const client = new pg.Client(POSTGRES_URL);
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

function isReachable(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port || 5432) });
  return new Promise((resolve) => {
    socket.once("connect", () => resolve(true));
    socket.once("error", () => resolve(false));
  }).finally(() => socket.destroy()) as Promise<boolean>;
}
