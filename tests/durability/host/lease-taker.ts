import { type DatabasePlan, openStorage } from "./plan.ts";

// a process on a machine whose clock is off; for each name it reads it tries to take that lease, and says whether it could

process.stdin.once("end", () => process.exit(1));

const { database, skewMs } = JSON.parse(process.env.HOST_PLAN ?? "") as { readonly database: DatabasePlan; readonly skewMs: number };
const right = Date.now;
Date.now = () => right() + skewMs;
const { createInterface } = await import("node:readline");
const storage = openStorage(database);
for await (const name of createInterface(process.stdin)) {
  console.log((await storage.leases.acquire(name, "the skewed", 60_000)) === undefined ? "held" : "taken");
}
