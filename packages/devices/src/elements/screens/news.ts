import type { WireConnection } from "../../wire/connection.ts";
import type { World } from "./world.ts";

/** So often at most something is said of what happens by itself. */
const EVERY_MS = 10_000;

/** Says what happens to connections elsewhere, gathered into one sentence. */
export function createNews({ region, words, clock }: World): { turned(state: WireConnection["status"]["state"]): void; stop(): void } {
  const counts = new Map<string, number>();
  let waiting: (() => void) | undefined;
  const say = (): void => {
    waiting = undefined;
    const { connectedNow, disconnectedNow, failedNow } = words().list;
    const told = [
      ["failed", failedNow],
      ["disconnected", disconnectedNow],
      ["connected", connectedNow],
    ] as const;
    const sentences = told.flatMap(([state, sentence]) => (counts.has(state) ? [sentence(counts.get(state) ?? 0)] : []));
    counts.clear();
    if (sentences.length > 0) region.say(sentences.join(". "));
  };
  return {
    turned(state) {
      counts.set(state, (counts.get(state) ?? 0) + 1);
      waiting ??= clock().after(EVERY_MS, say);
    },
    stop() {
      waiting?.();
      waiting = undefined;
    },
  };
}
