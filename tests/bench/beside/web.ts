import { join } from "node:path";
import { type WebCourse, webCourse } from "../whatsapp-web.ts";

const SESSIONS = Number(process.env.BENCH_SESSIONS ?? 20);

/** What linking, talking and logging in cost with the WhatsApp Web server of each checkout; the clients are this checkout's with both. */
export async function webPairs(other: string, pairs: number): Promise<ReadonlyMap<string, readonly number[]>> {
  const found = new Map<string, number[]>();
  const [here, there] = [join(import.meta.dirname, ".."), join(other, "tests/bench")];
  // what is loaded and compiled for the first clients is nobody's
  await webCourse(4, here);
  for (let pair = 0; pair < pairs; pair += 1) {
    const places = pair % 2 === 0 ? [here, there] : [there, here];
    const spent = new Map<string, ReadonlyMap<string, number>>();
    for (const place of places) spent.set(place, partsOf(await webCourse(SESSIONS, place)));
    for (const [what, value] of spent.get(here) ?? []) {
      found.set(what, [...(found.get(what) ?? []), value / (spent.get(there)?.get(what) ?? Number.NaN)]);
    }
  }
  return found;
}

function partsOf({ empty, paired, talked, all, clientsForPairing, clientsForTalk, clients }: WebCourse): ReadonlyMap<string, number> {
  const server = { linking: paired.cpu - empty.cpu, messages: talked.cpu - paired.cpu, login: all.cpu - talked.cpu };
  const theirs = { linking: clientsForPairing, messages: clientsForTalk, login: clients - clientsForPairing - clientsForTalk };
  const parts = ["linking", "messages", "login"] as const;
  return new Map(
    parts.flatMap((part) => [
      [`WhatsApp Web, ${part}, the server's processor`, server[part]] as const,
      [`WhatsApp Web, ${part}, server and clients, processor`, server[part] + theirs[part]] as const,
    ]),
  );
}
