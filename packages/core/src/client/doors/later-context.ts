import type { Runtime } from "../../ports/runtime.ts";
import type { SecretsContext } from "../../ports/webhook-source.ts";
import { sparingLog } from "../../runtime/sparing-log.ts";
import type { Clock } from "../../time/clock.ts";
import { once } from "../../time/once.ts";
import type { Work } from "../work.ts";

const HOUR_MS = 60 * 60 * 1000;

/** Of what the context of a source is made, before anything is loaded. */
export interface LaterParts {
  readonly work: Work;
  readonly kind: string;
  readonly runtime: Omit<Runtime, "lookup">;
  readonly time: Clock;
  readonly publicUrl: URL | undefined;
  readonly publicAddress: string | undefined;
  /** How long a request waits for the storage, in milliseconds. */
  readonly limitMs: number;
}

/** What a webhook source is asked with; what reads or opens anything is loaded with the first request. Whoever has not been believed yet does not fill the log. */
export function laterContext({ work, kind, runtime, time, publicUrl, publicAddress, limitMs }: LaterParts): SecretsContext<unknown> {
  const log = sparingLog(runtime.log, runtime.clock, HOUR_MS);
  const context = once(async () => {
    const { engine, inboundContext } = await work();
    return inboundContext({ ...engine, runtime: { ...engine.runtime, log } }, kind, limitMs);
  });
  return {
    publicUrl,
    publicAddress,
    fetch: runtime.fetch,
    now: time.now,
    log,
    settings: async () => (await context()).settings(),
    platformSecrets: async (field) => (await context()).platformSecrets(field),
    connectionTokens: async (speaker) => (await context()).connectionTokens(speaker),
    connectionSecrets: async (speaker) => (await context()).connectionSecrets(speaker),
  };
}
