import type { Engine } from "../engine/engine.ts";
import { isWadeskError, WadeskError } from "../errors/wadesk-error.ts";
import type { Connection } from "../model/connection.ts";
import type { ChannelContext, ConnectionContext, SealedRecords } from "../ports/context.ts";
import type { Fence } from "../ports/stores/record-store.ts";
import type { SecretsContext } from "../ports/webhook-source.ts";
import { messageOf } from "../runtime/live.ts";
import { isEnded } from "../status/connection-status.ts";
import { pause } from "../time/pause.ts";
import type { SecretOwner } from "../vault/connection-secrets.ts";
import { rememberedRecords } from "../vault/remembered-records.ts";
import { createSealedRecords } from "../vault/sealed-records.ts";
import { createVoiceReader } from "../voices/read-voices.ts";
import { speakerOf } from "../voices/speaker-of.ts";
import { voiceWriter } from "../voices/voice-writer.ts";
import { rowOf } from "./view.ts";

/** What a channel may touch when no connection is spoken of. */
export function channelContext(engine: Engine, kind: string): ChannelContext<unknown> {
  const { runtime, settings, publicUrl, publicAddress } = engine;
  return {
    async settings() {
      try {
        return await settings.resolve(kind);
      } catch (error) {
        if (isWadeskError(error)) throw error;
        runtime.log.error({ channel: kind, reason: messageOf(error) }, "the settings could not be read");
        throw new WadeskError("storage_unavailable");
      }
    },
    publicUrl,
    publicAddress,
    fetch: runtime.fetch,
    now: engine.time.now,
    pause: (delayMs) => pause(engine.time, delayMs),
    log: runtime.log,
  };
}

/** What a webhook source may touch: the platform's secrets and those of its own channel's connections too. */
export function secretsContext(engine: Engine, kind: string): SecretsContext<unknown> {
  return {
    ...channelContext(engine, kind),
    platformSecrets: (field) => engine.settings.secretsOf(kind, field),
    connectionSecrets: createVoiceReader(engine, { kind }),
    connectionTokens: tokensOf(createVoiceReader(engine, { kind, use: "challenge" })),
  };
}

// whoever repeats a token to us has it, and answering says nothing of anybody: none has to be proven
function tokensOf(voices: SecretsContext<unknown>["connectionSecrets"]): SecretsContext<unknown>["connectionTokens"] {
  return async (speaker) => (await voices(speaker)).map(({ secret }) => secret);
}

/** What a channel may touch when it works for one connection. Opens its secret; rejects with `not_connected` when there is none. */
export async function connectionContext(engine: Engine, connection: Connection, hold: Hold): Promise<ConnectionContext<unknown, unknown>> {
  const secret = await engine.secrets.read(ownerOf(connection));
  if (secret === undefined) throw new WadeskError("not_connected", { detail: `${connection.id} has no credentials` });
  return openContext(engine, connection, secret, hold);
}

/** For how long a context is good, and the session's lease where it is a session's. */
export interface Hold {
  readonly signal: AbortSignal;
  readonly fence?: Fence;
}

/** The same with a secret that is at hand. */
export function openContext(
  engine: Engine,
  connection: Connection,
  secret: unknown,
  { signal, fence: ofSession }: Hold,
): ConnectionContext<unknown, unknown> {
  const owner = ownerOf(connection);
  return {
    ...channelContext(engine, connection.channel),
    secret,
    async replaceSecret(next) {
      const voices = voiceWriter(engine, connection.channel);
      await voices?.keepVoices(engine, connection, await speakerOf(engine, connection), next);
      const result = await engine.locks.during(`connection/${connection.id}`, async (fence) => {
        await rowOf(engine, connection.workspaceId, connection.id);
        return engine.secrets.write(owner, next, ofSession ?? fence);
      });
      if (result === "fenced") throw new WadeskError("lease_lost");
      await voices?.settleVoices(engine, connection, next, 0);
    },
    siblings: () => siblingsOf(engine, connection),
    records: recordsOf(engine, owner, { signal, ...(ofSession && { fence: ofSession }) }),
    signal,
  };
}

// only who holds a session's lease writes them
function recordsOf({ storage, vault, time }: Engine, owner: SecretOwner, { signal, fence }: Hold): SealedRecords {
  const sealed = createSealedRecords(storage.records, vault, owner, fence && { fence });
  return fence === undefined ? sealed : rememberedRecords(sealed, { now: time.now, signal });
}

/** Where the secrets of a connection belong. */
export function ownerOf({ id, channel }: Pick<Connection, "id" | "channel">): { connectionId: string; channel: string } {
  return { connectionId: id, channel };
}

/**
 * How many other connections of the same account and speaker still use it. One that never came to be linked does not: what links it holds the
 * account's lock.
 */
async function siblingsOf(engine: Engine, connection: Connection): Promise<number> {
  const { id, account } = connection;
  if (account === undefined) return 0;
  const rows = await engine.storage.connections.byAccount(account);
  const inUse = rows.filter((row) => row.id !== id && row.connectedAt !== undefined && !isEnded(row.status));
  const [own, ...speakers] = await Promise.all([connection, ...inUse].map((row) => speakerOf(engine, row)));
  return speakers.filter((speaker) => speaker === own).length;
}
