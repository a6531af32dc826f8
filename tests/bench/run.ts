import { buildStale, coldImports, IMPORTED } from "./cold-import.ts";
import { type Figure, tableOf } from "./figure.ts";
import { handlerFigures } from "./handler.ts";
import { meta } from "./meta.ts";
import { sessionFigures } from "./sessions/sessions.ts";
import { durableFigures } from "./storage/durable.ts";
import { memoryFigure } from "./storage/memory.ts";
import { pageFigures } from "./storage/pages.ts";
import { twilio } from "./twilio.ts";

interface Report {
  readonly figures: readonly Figure[];
  readonly times?: string;
}

const BENCHES: Readonly<Record<string, () => Promise<Report>>> = {
  meta,
  twilio,
  handler: handlerFigures,
  durable: durableFigures,
  pages: pageFigures,
  sessions: sessionFigures,
  memory: async () => ({ figures: [await memoryFigure()] }),
  // loaded on its turn: Baileys shall not weigh on those before
  web: async () => (await import("./whatsapp-web.ts")).whatsAppWeb(Number(process.env.BENCH_SESSIONS ?? 300)),
  unofficial: async () => (await import("./unofficial/unofficial.ts")).unofficialFigures(asked.length > 0),
  imports: async () => ({ figures: coldImports() }),
};

// all of them, or those that are named behind the command
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !Object.hasOwn(BENCHES, name));
if (unknown !== undefined) throw new Error(`there is no bench ${unknown}, but ${Object.keys(BENCHES).join(", ")}`);
// at once, and not when the last of them fails for want of it
const isAsked = (name: string): boolean => asked.length === 0 || asked.includes(name);
buildStale([...(isAsked("imports") ? IMPORTED : []), ...(isAsked("unofficial") ? ["core", "storage", "unofficial"] : [])]);
const reports: Report[] = [];
for (const [name, run] of Object.entries(BENCHES)) if (isAsked(name)) reports.push(await run());
const figures = reports.flatMap((report) => report.figures);

console.log(`Node ${process.version}. Medians over rounds in which the contestants take turns; compare ratios, not microseconds.\n`);
console.log(`${reports.flatMap(({ times }) => times ?? []).join("\n\n")}\n`);
console.log(tableOf(figures));
process.exitCode = figures.some(({ met, binding }) => binding && met === false) ? 1 : 0;
