import { storableValue } from "../encoding/storable.ts";
import type { Engine } from "../engine/engine.ts";
import type { Connection } from "../model/connection.ts";
import type { CheckReport } from "../ports/line.ts";
import type { ConnectionChange } from "../ports/stores/connection-store.ts";
import { isEnded } from "../status/connection-status.ts";
import { voiceWriter } from "../voices/voice-writer.ts";
import { callVendor } from "./call-vendor.ts";
import { duringLine, type FoundLine } from "./lines/find-line.ts";
import { isKeptElsewhere, leaveToOwner } from "./lines/intents.ts";
import { factsChange, healthChange, updateConnection } from "./update.ts";
import { rowOf, viewOf } from "./view.ts";

/** Asks the vendor how a connection is, and keeps what it says. One that was disconnected on request, or is being linked, is left as it is. */
export async function check(engine: Engine, workspaceId: string, id: string): Promise<Connection> {
  const row = await rowOf(engine, workspaceId, id);
  if (row.status.state === "pending" || isEnded(row.status)) return viewOf(engine, row);
  if (await isKeptElsewhere(engine, row)) {
    await leaveToOwner(engine, row, "check");
    return viewOf(engine, row);
  }
  const { report, secret } = await callVendor(engine, row, () => duringLine(engine, row, askVendor));
  // the vendor has just taken its credentials, so they speak for it, also where that was not kept when they were given
  if (report.signals.some(({ type }) => type === "alive")) {
    await voiceWriter(engine, row.channel)?.keepProvenVoices(engine, row, secret);
  }
  return updateConnection(engine, workspaceId, id, (current) => ({
    ...healthChange(current, report.signals),
    ...(current.epoch === row.epoch && { ...shownBy(report), ...factsChange(current, report.facts) }),
  }));
}

async function askVendor({ line, secret, epoch }: FoundLine): Promise<{ readonly report: CheckReport<unknown>; readonly secret: unknown }> {
  const report = await line.check();
  if (epoch === undefined) return { report, secret };
  return { report: { ...report, signals: report.signals.map((signal) => ({ ...signal, epoch })) }, secret };
}

// not of a connection that was given other credentials meanwhile: it would stand there with the former ones' speaker, and hear nothing
function shownBy(report: CheckReport<unknown>): ConnectionChange {
  return {
    ...(report.speaker !== undefined && { speaker: report.speaker }),
    ...(report.details !== undefined && { details: storableValue(report.details) }),
    ...(report.warnings !== undefined && { warnings: storableValue(report.warnings) }),
  };
}
