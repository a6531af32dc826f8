import type { Engine } from "../engine/engine.ts";
import * as voices from "./keep-voices.ts";

/** What writes the lists of secrets, for a channel whose connections hold some, and for one that is installed no longer. */
export function voiceWriter(engine: Pick<Engine, "channels">, kind: string): typeof voices | undefined {
  const channel = engine.channels.get(kind);
  return channel !== undefined && channel.webhook?.signingSecrets === undefined ? undefined : voices;
}
