import { randomUUID } from "node:crypto";
import { systemClock } from "@wadesk/core/ports";
import { openEchoProcess } from "../../../packages/core/src/testing/echo-sessions.ts";
import { type DatabasePlan, openStorage } from "./plan.ts";

// a process that keeps sessions; it links the numbers it is told to, and says which ones it has open whenever that changes

process.stdin.once("end", () => process.exit(1)).resume();

const { database, numbers } = JSON.parse(process.env.HOST_PLAN ?? "") as {
  readonly database: DatabasePlan;
  readonly numbers: readonly string[];
};
const { wadesk } = openEchoProcess(openStorage(database), systemClock, "shared", {
  randomId: randomUUID,
  changed: (open) => console.log(JSON.stringify([...open.keys()].sort())),
});
await wadesk.start();
for (const number of numbers) await wadesk.workspace("acme").connect("socket", { number });
