import type { Engine } from "../engine/engine.ts";
import * as voices from "./keep-voices.ts";

/** What writes the lists of secrets, for a channel whose connections hold some, and for one that is installed no longer. */
export function voiceWriter(engine: Pick<Engine, "channels">, kind: string): typeof voices | undefined {
  const channel = engine.channels.get(kind);
  if (channel === undefined) return voices;
  return channel.webhook?.signingSecrets === undefined && channel.webhook?.challengeTokens === undefined ? undefined : voices;
}
