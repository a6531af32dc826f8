import type { Engine } from "../engine/engine.ts";
import type { SpeakingSecret } from "../ports/webhook-source.ts";
import { messageOf } from "../runtime/live.ts";
import { shareReads } from "../runtime/share-reads.ts";
import { buildUnlessHeld, type ListOrTexts } from "./build-voices.ts";
import { stands } from "./stands.ts";
import { isDue, readList, type Speaker, sealedNamespace, type Voice, voiceBinding } from "./voice-list.ts";

const MOST_OPENED = 10_000;

/**
 * Finds the distinct secrets with which connections of a speaker sign. Whoever knows the speaker's name can have this asked by a forged request, so it
 * costs one read of a list, shared by all that ask at once, and what was opened stays open under the id of its voice, which is never given to another
 * secret. Whether a secret still counts is asked of its holders, and only once it has verified something.
 */
export function createVoiceReader(
  engine: Engine,
  { kind, use }: Omit<Speaker, "speaker">,
): (speaker: string) => Promise<readonly SpeakingSecret[]> {
  const opened = new Map<string, string>();
  const complained = new Set<string>();
  const ofSpeaker = (speaker: string): Speaker => ({ kind, speaker, ...(use !== undefined && { use }) });

  const listOf = shareReads(engine.runtime.clock, async (speaker: string): Promise<ListOrTexts> => {
    const of = ofSpeaker(speaker);
    const { voices, again } = await readList(engine, of);
    if (voices !== undefined && !isDue(again, engine.time.now())) return { voices };
    return buildUnlessHeld(engine, of);
  });
  const open = async (of: Speaker, list: readonly Voice[]): Promise<void> => {
    const unknown = list.map(({ id }) => id).filter((id) => !opened.has(id) && !complained.has(id));
    if (unknown.length === 0) return;
    if (opened.size > MOST_OPENED) opened.clear();
    for (const [id, sealed] of await engine.storage.records.get(sealedNamespace(of), unknown)) {
      try {
        opened.set(id, await engine.vault.open(new TextDecoder().decode(sealed), voiceBinding(of)));
      } catch (error) {
        // once: what does not open would otherwise be told of at every request that a stranger sends
        complained.add(id);
        engine.runtime.log.error(
          { channel: kind, reason: messageOf(error) },
          "a secret that signs webhooks does not open; reconnect its number",
        );
      }
    }
  };
  return async (speaker) => {
    const of = ofSpeaker(speaker);
    const found = await listOf(speaker);
    if ("texts" in found) return found.texts.map((secret) => ({ secret, speaker }));
    await open(of, found.voices);
    return found.voices.flatMap((voice): SpeakingSecret[] => {
      const secret = opened.get(voice.id);
      return secret === undefined ? [] : [{ secret, speaker, stands: async () => stands(engine, of, voice, secret) }];
    });
  };
}
