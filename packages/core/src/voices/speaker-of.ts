import type { Engine } from "../engine/engine.ts";
import type { Connection } from "../model/connection.ts";
import { isEnded, isOfTheToken } from "../status/connection-status.ts";

/** Whose secret signs what is said of a connection, by its channel's word. */
export async function speakerOf(engine: Pick<Engine, "channels" | "settings">, row: Connection): Promise<string | undefined> {
  const source = engine.channels.get(row.channel)?.webhook;
  if (source?.speakerOf === undefined) return row.speaker;
  return source.speakerOf(row, {
    settings: () => engine.settings.resolve(row.channel),
    platformSecrets: (field) => engine.settings.secretsOf(row.channel, field),
  });
}

/** The texts of an opened secret of this channel with which its vendor signs. */
export function signingTexts(engine: Pick<Engine, "channels">, kind: string, secret: unknown): readonly string[] {
  if (secret === undefined) return [];
  const texts = engine.channels.get(kind)?.webhook?.signingSecrets?.(secret) ?? [];
  return [...new Set(texts)].filter((text) => text.trim() !== "");
}

/** Whether a connection's own secret may speak beside others: one that was refused or put away may not. */
export function isTrusted({ status }: Pick<Connection, "status">): boolean {
  return !isEnded(status) && !(status.state === "failed" && isOfTheToken(status.reason));
}
