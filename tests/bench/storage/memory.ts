import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Figure } from "../figure.ts";
import { freshWebhooks } from "./durable.ts";
import { openLoad } from "./load.ts";
import { startServer } from "./server-process.ts";

const EVENTS = 100_000;
const SAMPLES = 50;
/** Growth over all events that is still called flat, in MB; one kept object per event would be many times that. */
const FLAT_MB = 10;

/** How much a process grows while it receives and completes 100,000 webhooks on SQLite: the slope of its memory over the last four fifths. */
export async function memoryFigure(): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), "wadesk-bench-"));
  const server = await startServer({ does: "receives and completes", database: "SQLite", place: join(folder, "wadesk.db") });
  try {
    const load = await openLoad(server.port, 32);
    const megabytes: number[] = [];
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      await load.send(freshWebhooks(EVENTS / SAMPLES));
      megabytes.push((await server.rest("collected")).rss / 2 ** 20);
    }
    load.close();
    const growth = slopeOf(megabytes.slice(SAMPLES / 5)) * SAMPLES;
    const measured = `${growth.toFixed(1)} MB`;
    const note = `from ${Math.round(megabytes[0] ?? 0)} to ${Math.round(megabytes.at(-1) ?? 0)} MB`;
    return { what: "Memory, growth over 100,000 events", measured, target: `≤ ${FLAT_MB} MB`, met: growth <= FLAT_MB, binding: true, note };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

// least squares, per step
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const over = values.reduce((sum, value, index) => sum + (index - middle) * (value - mean), 0);
  return over / values.reduce((sum, _, index) => sum + (index - middle) ** 2, 0);
}
