import { secretsContext } from "../../connections/contexts.ts";
import type { Engine } from "../../engine/engine.ts";
import type { SecretsContext } from "../../ports/webhook-source.ts";
import { within } from "../../time/within.ts";

/** What a webhook source is asked with. A vendor that waits for its answer must not wait for a storage that hangs: what is not read within the limit, in milliseconds, rejects. */
export function inboundContext(engine: Engine, kind: string, limitMs: number): SecretsContext<unknown> {
  const context = secretsContext(engine, kind);
  const limited = <Result>(work: Promise<Result>): Promise<Result> => within(engine.runtime.clock, limitMs, work);
  return {
    ...context,
    settings: () => limited(context.settings()),
    platformSecrets: (field) => limited(context.platformSecrets(field)),
    connectionTokens: (speaker) => limited(context.connectionTokens(speaker)),
    connectionSecrets: async (speaker) => {
      const secrets = await limited(context.connectionSecrets(speaker));
      return secrets.map(({ stands, ...each }) => ({ ...each, ...(stands && { stands: () => limited(stands()) }) }));
    },
  };
}
