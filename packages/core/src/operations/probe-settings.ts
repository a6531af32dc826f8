import type { ProbeOptions, ProbeResult } from "../api/settings.ts";
import { channelContext } from "../connections/contexts.ts";
import type { Engine } from "../engine/engine.ts";
import { isWadeskError } from "../errors/wadesk-error.ts";
import { checkRequest } from "../fields/check-fields.ts";
import { invalidField } from "../fields/invalid.ts";
import { channelOf } from "../ports/installed-channel.ts";
import type { ProbeContext, ProbeFinding, SettingsProbe } from "../ports/settings/probe.ts";
import { readKind } from "../requests/read-requests.ts";
import { messageOf } from "../runtime/live.ts";

const WITHIN_MS = 20_000;

type Check = SettingsProbe<unknown>[string];

/** Tries what an admin has set of a channel. What goes wrong is a finding; rejects with `input_invalid` and `channel_not_installed` alone. */
export async function probeSettings(engine: Engine, given: string, options: ProbeOptions = {}): Promise<readonly ProbeResult[]> {
  const kind = readKind(given);
  const checks: SettingsProbe<unknown> = channelOf(engine.channels, kind).settings.probe ?? {};
  checkRequest<ProbeOptions>(options, { withinMs: "number" });
  const { withinMs = WITHIN_MS } = options;
  if (!(withinMs > 0)) throw invalidField("withinMs", "must be milliseconds, more than 0", "too_low", { above: 0 });
  const results = Object.entries(checks).map(async ([check, run]) => {
    const findings = await find(engine, kind, check, run, withinMs);
    return findings.map(({ ok, code, values = {}, text }) => ({ check, ok, code, values, text }));
  });
  return (await Promise.all(results)).flat();
}

function find(engine: Engine, kind: string, check: string, run: Check, withinMs: number): Promise<readonly ProbeFinding[]> {
  const controller = new AbortController();
  const context: ProbeContext<unknown> = { ...channelContext(engine, kind), signal: controller.signal };
  return new Promise((resolve) => {
    const cancel = engine.runtime.clock.after(
      withinMs,
      () => {
        controller.abort();
        resolve([tooLong(withinMs)]);
      },
      "hold",
    );
    const end = (findings: readonly ProbeFinding[]): void => {
      cancel();
      resolve(findings);
    };
    // one that throws before its first await is one that fails, too
    Promise.resolve()
      .then(() => run(context))
      .then(end, (error: unknown) => end([failed(engine, kind, check, error)]));
  });
}

function tooLong(withinMs: number): ProbeFinding {
  const text = `there was no answer within ${withinMs / 1000} seconds; look whether the other side can be reached from here, and try again`;
  return { ok: false, code: "no_answer", values: { withinMs }, text };
}

function failed({ runtime }: Engine, kind: string, check: string, error: unknown): ProbeFinding {
  if (isWadeskError(error)) return { ok: false, code: error.code, text: error.message };
  runtime.log.error({ channel: kind, check, reason: messageOf(error) }, "a check of the settings could not be made");
  return { ok: false, code: "check_failed", text: "the check could not be made; the log says why" };
}
