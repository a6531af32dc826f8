import type { Engine } from "../engine/engine.ts";

/**
 * What writes the lists of secrets, for a channel whose connections hold some, and for one that is installed no longer. Loaded when a connection is made,
 * checked or removed, and not with the package.
 */
export async function voiceWriter(engine: Pick<Engine, "channels">, kind: string): Promise<VoiceWriter | undefined> {
  const channel = engine.channels.get(kind);
  return channel !== undefined && channel.webhook?.signingSecrets === undefined ? undefined : import("./keep-voices.ts");
}

type VoiceWriter = typeof import("./keep-voices.ts");
