import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { loadBaileys, pathOfBaileys } from "./baileys.ts";

interface Session {
  indexInfo: { closed: number; baseKey: Buffer; baseKeyType: number };
  rootKey: string;
}

interface SessionRecord {
  readonly sessions: Record<string, Session>;
  setSession(session: Session): void;
  closeSession(session: Session): void;
  openSession(session: Session): void;
  removeOldSessions(): void;
}

const requireOfBaileys = createRequire(pathOfBaileys());
const session = (name: string, closed = -1): Session => ({
  indexInfo: { closed, baseKey: Buffer.from(name), baseKeyType: 1 },
  rootKey: "a private key",
});

/** A record of libsignal's, as Baileys has it, and all that reaches who wraps the console after Baileys was loaded. */
async function recordOf(...sessions: readonly Session[]) {
  await loadBaileys();
  const spies = (["info", "warn", "error", "log"] as const).map((level) => vi.spyOn(console, level).mockImplementation(() => {}));
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore();
  });
  const { SessionRecord } = requireOfBaileys("libsignal") as { readonly SessionRecord: new () => SessionRecord };
  const record = new SessionRecord();
  for (const each of sessions) record.setSession(each);
  return { record, printed: () => spies.flatMap(({ mock }) => mock.calls) };
}

it("sessions are closed and opened, and whoever wraps the console after the load hears nothing of it", async () => {
  const one = session("one");
  const { record, printed } = await recordOf(one);
  record.closeSession(one);
  const closedAt = one.indexInfo.closed;
  expect(Math.abs(closedAt - Date.now())).toBeLessThan(60_000);
  one.indexInfo.closed = 5;
  record.closeSession(one);
  expect(one.indexInfo.closed).toBe(5);
  record.openSession(one);
  expect(one.indexInfo.closed).toBe(-1);
  record.openSession(one);
  expect(printed()).toEqual([]);
});

it("of more than 40 sessions those that were closed first are removed, without a word", async () => {
  const closed = Array.from({ length: 42 }, (_, index) => session(`closed ${index}`, 1000 - index));
  const { record, printed } = await recordOf(session("open"), ...closed);
  record.removeOldSessions();
  const left = Object.values(record.sessions).map(({ indexInfo }) => indexInfo.closed);
  expect([left.length, left.includes(-1), Math.min(...left.filter((at) => at >= 0))]).toEqual([40, true, 962]);
  record.removeOldSessions();
  expect([Object.keys(record.sessions).length, printed()]).toEqual([40, []]);
});

it("a record of more than 40 open sessions is refused, as libsignal does", async () => {
  const { record } = await recordOf(...Array.from({ length: 41 }, (_, index) => session(`open ${index}`)));
  expect(() => record.removeOldSessions()).toThrow("Corrupt sessions object");
});

// where this fails, libsignal prints a session somewhere else, or does something else where it does
it("libsignal prints sessions in these three methods alone", () => {
  const source = dirname(requireOfBaileys.resolve("libsignal/src/session_record.js"));
  const lines = readdirSync(source)
    .filter((name) => name.endsWith(".js"))
    .flatMap((name) => readFileSync(join(source, name), "utf8").split("\n"))
    .filter((line) => /^(?!\s*\/\/).*console\./.test(line) && /, *(?:\w*[sS]ession|this|record|data)\b/.test(line))
    .map((line) => line.trim());
  expect(lines).toEqual([
    'console.warn("Session already closed", session);',
    'console.info("Closing session:", session);',
    'console.info("Opening session:", session);',
    'console.info("Removing old closed session:", oldestSession);',
  ]);
});
