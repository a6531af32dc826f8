import type { Engine } from "../engine/engine.ts";
import type { Connection } from "../model/connection.ts";
import { isEnded, isOfTheToken } from "../status/connection-status.ts";
import type { Speaker } from "./voice-list.ts";

/** Whose secret signs what is said of a connection, by its channel's word. */
export async function speakerOf(engine: Pick<Engine, "channels" | "settings">, row: Connection): Promise<string | undefined> {
  const source = engine.channels.get(row.channel)?.webhook;
  if (source?.speakerOf === undefined) return row.speaker;
  return source.speakerOf(row, {
    settings: () => engine.settings.resolve(row.channel),
    platformSecrets: (field) => engine.settings.secretsOf(row.channel, field),
  });
}

/** The texts of an opened secret that belong into a list: those with which the channel's vendor signs, or those that answer its challenge. */
export function voicedTexts(
  engine: Pick<Engine, "channels">,
  { kind, use }: Pick<Speaker, "kind" | "use">,
  secret: unknown,
): readonly string[] {
  if (secret === undefined) return [];
  const source = engine.channels.get(kind)?.webhook;
  const texts = (use === "challenge" ? source?.challengeTokens?.(secret) : source?.signingSecrets?.(secret)) ?? [];
  return [...new Set(texts)].filter((text) => text.trim() !== "");
}

/** Whether a connection's own secret may speak beside others: one that was refused or put away may not. */
export function isTrusted({ status }: Pick<Connection, "status">): boolean {
  return !isEnded(status) && !(status.state === "failed" && isOfTheToken(status.reason));
}
