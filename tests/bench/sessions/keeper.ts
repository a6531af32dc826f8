import { randomUUID } from "node:crypto";
import { systemClock } from "@wadesk/core/ports";
import { postgresStorage } from "@wadesk/storage/postgres";
import { openEchoProcess } from "../../../packages/core/src/testing/echo-sessions.ts";
import { countStatements } from "../../../packages/storage/src/testing/count-statements.ts";
import type { Ask, Standing } from "./plan.ts";

// a process that keeps sessions of the echo vendor; it says how many when it is asked, and ends with the process that started it

process.once("disconnect", () => process.exit());

const statements = countStatements();
const [url = "", schema = ""] = process.argv.slice(2);
const { wadesk, open } = openEchoProcess(postgresStorage({ url, schema }), systemClock, "shared", { randomId: randomUUID });
process.on("message", (ask: Ask) => {
  if (ask === "alive") for (const { voice } of open.values()) voice.report({ type: "alive", at: Date.now() });
  process.send?.({ open: open.size, statements: statements.total() } satisfies Standing);
});
await wadesk.start();
process.send?.({ open: open.size, statements: statements.total() } satisfies Standing);
