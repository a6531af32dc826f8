import pg from "pg";

/** The PostgreSQL of this machine. */
export const POSTGRES_URL: string = process.env.WADESK_POSTGRES_URL ?? "postgres://postgres@127.0.0.1:5432/test";

/** Whether it can be reached. */
export async function postgresAnswers(): Promise<boolean> {
  const client = new pg.Client(POSTGRES_URL);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

/** Removes a schema and all that is in it. */
export async function dropSchema(schema: string): Promise<void> {
  const client = new pg.Client(POSTGRES_URL);
  await client.connect();
  await client.query(`drop schema if exists ${schema} cascade`);
  await client.end();
}
