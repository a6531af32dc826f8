import type { BinaryNode, Socket } from "../baileys/baileys.ts";

/** As many as Baileys 7.0.0-rc14 asks for, once. */
const BATCH = 100;
/** The next batch is asked for when so many of one are left to be decrypted. */
const FEW = 20;
const ENCRYPTED: ReadonlySet<string> = new Set(["msg", "pkmsg", "skmsg"]);

/** What waited at WhatsApp while nobody was logged in. */
export interface Backlog {
  /** Hears that somebody tried to decrypt this, whatever came of it. */
  attempted(ciphertext: Uint8Array): void;
}

/**
 * For Baileys 7.0.0-rc14, which asks for a hundred of the stanzas that wait when it logs in, and never again: what is behind them, and all that comes
 * meanwhile, waits until the next login. WhatsApp Web asks again until it is told that all have come (whatsapp-rust, `src/client/offline_resume.rs`). Here
 * the next batch is asked for when most of one was decrypted.
 *
 * Baileys also takes what comes live before what is left of the queue, and what comes live in no order: each message asks the storage for its sender before it waits for its
 * turn, and whichever is answered first goes first. Here every message stands in the queue, which is worked off one by one, behind those that came before it.
 */
export function pullBacklog({ ws, ev, sendNode }: Pick<Socket, "ws" | "ev" | "sendNode">): Backlog {
  const messages = new Map<BinaryNode, number>();
  const places = new WeakMap<Uint8Array, number>();
  let place = 0;
  let left = Number.POSITIVE_INFINITY;

  const goOn = (): void => {
    if (left > 0 || messages.size > FEW) return;
    left = BATCH;
    // else it would lie in memory until the last one has come
    ev.flush();
    // a connection that is gone has a next one
    sendNode({ tag: "ib", attrs: {}, content: [{ tag: "offline_batch", attrs: { count: String(BATCH) } }] }).catch(() => {});
  };
  ws.on("CB:ib,,offline_preview", () => {
    left = BATCH;
  });
  ws.on("CB:ib,,offline", () => {
    left = Number.POSITIVE_INFINITY;
  });
  ws.on("frame", (heard: BinaryNode | Uint8Array) => {
    if (heard instanceof Uint8Array) return;
    const isQueued = heard.attrs.offline !== undefined;
    if (isQueued) left -= 1;
    const ciphertexts = heard.tag === "message" ? ciphertextsOf(heard) : [];
    if (ciphertexts.length > 0) {
      heard.attrs.offline ??= "0";
      place += 1;
      messages.set(heard, place);
      for (const each of ciphertexts) places.set(each, place);
    }
    if (isQueued) goOn();
  });
  return {
    attempted(ciphertext) {
      const reached = places.get(ciphertext);
      if (reached === undefined) return;
      // they are taken one after the other, so that those before it are through, whatever they were
      for (const [message, each] of messages) {
        if (each > reached) break;
        messages.delete(message);
      }
      goOn();
    },
  };
}

function ciphertextsOf({ content }: BinaryNode): readonly Uint8Array[] {
  if (!Array.isArray(content)) return [];
  return content.flatMap(({ tag, attrs, content: bytes }) =>
    tag === "enc" && ENCRYPTED.has(attrs.type ?? "") && bytes instanceof Uint8Array ? [bytes] : [],
  );
}
