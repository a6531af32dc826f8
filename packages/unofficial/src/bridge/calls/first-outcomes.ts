import { type Clock, type Logger, WadeskError } from "@wadesk/core";
import type { RecordStore } from "@wadesk/core/ports";
import { failureOf } from "../../bridge-protocol/messages/failure.ts";
import { type Refusal, refusal } from "../../bridge-protocol/signing/refusal.ts";
import { TOLERANCE_MS } from "../../bridge-protocol/signing/verify-request.ts";

/** What a call is answered with. */
export interface Outcome {
  readonly status: number;
  /** JSON. */
  readonly body: string;
}

/** Which call, by what its sender calls it, and a print of what is asked. */
export interface KnownCall {
  readonly bridge: string;
  readonly id: string;
  /** Method, path and digest: the same id with another one is another call. */
  readonly print: string;
}

/** Has each call done once, however often and by whichever process of the bridge it is received, and answers its repeats with what came of it first. */
export interface FirstOutcomes {
  once(call: KnownCall, work: () => Promise<Outcome>): Promise<Outcome | Refusal>;
  /** Whether it is received for the first time; a refusal where its id was another call's. For what is answered by a stream, which has no outcome to keep. */
  isFirst(call: KnownCall): Promise<boolean | Refusal>;
}

/** What they are kept in, and how it is waited. */
export interface OutcomeTools {
  readonly records: RecordStore;
  readonly clock: Clock;
  /** Milliseconds since the epoch, by the clock of the storage: it forgets by that one, and calls are verified by it. */
  readonly now: () => number;
  readonly log: Logger;
}

const NAMESPACE = "bridge/calls";
// one that was signed by a clock five minutes ahead can come again for ten; a little more, since clocks of processes differ
const KEPT_MS = 3 * TOLERANCE_MS;
/** Another process has it in hand: how often and after how many milliseconds its outcome is looked for. */
const LOOKS = 40;
const LOOK_MS = 500;

interface Kept {
  readonly print: string;
  /** Absent while it is being done, and for ever where its process died over it. */
  readonly outcome?: Outcome;
}

/** Makes them. */
export function createFirstOutcomes({ records, clock, now, log }: OutcomeTools): FirstOutcomes {
  const underWay = new Map<string, { readonly print: string; readonly done: Promise<Outcome | Refusal> }>();
  const keyOf = ({ bridge, id }: KnownCall): string => `${bridge}/${id}`;
  const read = async (key: string): Promise<Kept | undefined> => {
    const value = (await records.get(NAMESPACE, [key])).get(key);
    return value && (JSON.parse(new TextDecoder().decode(value)) as Kept);
  };
  const bytesOf = (kept: Kept): Uint8Array => new TextEncoder().encode(JSON.stringify(kept));
  const expiresAt = (): number => now() + KEPT_MS;

  const perform = async (key: string, print: string, work: () => Promise<Outcome>): Promise<Outcome> => {
    const outcome = await work();
    try {
      await records.set(NAMESPACE, new Map([[key, { value: bytesOf({ print, outcome }), expiresAt: expiresAt() }]]));
    } catch (error) {
      // it is done all the same: a failure would tell the app that nothing was
      log.error(
        { reason: error instanceof Error ? error.message : "unknown" },
        "what came of a call could not be kept; it was done, and asked for again its outcome is unknown",
      );
    }
    return outcome;
  };
  const elsewhere = async (key: string, print: string): Promise<Outcome | Refusal> => {
    for (let look = 0; look < LOOKS; look += 1) {
      const kept = await read(key);
      if (kept !== undefined && kept.print !== print) return reused();
      if (kept?.outcome !== undefined) return kept.outcome;
      await new Promise<void>((resolve) => void clock.after(LOOK_MS, resolve, "hold"));
    }
    const { status, failure } = failureOf(
      new WadeskError("outcome_unknown", { detail: "the process of the bridge that did this ended over it, or still does it" }),
    );
    return { status, body: JSON.stringify({ error: failure }) };
  };

  return {
    async once(call, work) {
      const key = keyOf(call);
      const { print } = call;
      const other = underWay.get(key);
      if (other !== undefined) return other.print === print ? other.done : reused();
      const started = Promise.withResolvers<Outcome | Refusal>();
      started.promise.catch(() => {});
      underWay.set(key, { print, done: started.promise });
      try {
        const isNew = await records.insert(NAMESPACE, key, bytesOf({ print }), expiresAt());
        const outcome = isNew ? await perform(key, print, work) : await elsewhere(key, print);
        started.resolve(outcome);
        return outcome;
      } catch (error) {
        started.reject(error);
        throw error;
      } finally {
        underWay.delete(key);
      }
    },
    async isFirst(call) {
      const key = keyOf(call);
      if (await records.insert(NAMESPACE, key, bytesOf({ print: call.print }), expiresAt())) return true;
      const kept = await read(key);
      return kept !== undefined && kept.print !== call.print ? reused() : false;
    },
  };
}

function reused(): Refusal {
  return refusal("id_reused", "This id was another call's. Each call has an id of its own, and each attempt at it the same one.");
}
