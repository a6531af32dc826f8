import { coldImports, staleBuilds } from "./cold-import.ts";
import { tableOf } from "./figure.ts";
import { handlerFigures } from "./handler.ts";
import { meta } from "./meta.ts";
import { twilio } from "./twilio.ts";

// `web` measures the WhatsApp Web server alone, `web 20` with twenty sessions
const [only, count] = process.argv.slice(2);
const web = async () => (await import("./whatsapp-web.ts")).whatsAppWeb(Number(count ?? 300));
const races = [];
for (const run of only === "web" ? [web] : [meta, twilio, handlerFigures, web]) races.push(await run());
const stale = only === "web" ? [] : staleBuilds();
const figures = [...races.flatMap((race) => race.figures), ...(only === "web" ? [] : coldImports())];

console.log(`Node ${process.version}. Medians over rounds in which the contestants take turns; compare ratios, not microseconds.\n`);
console.log(`${races.map((race) => race.times).join("\n\n")}\n`);
console.log(tableOf(figures));
if (stale.length > 0) console.log(`\nThe built files of ${stale.join(", ")} are older than their sources; run first: npx -y pnpm@12 build`);
process.exitCode = figures.some(({ met, binding }) => binding && met === false) ? 1 : 0;
