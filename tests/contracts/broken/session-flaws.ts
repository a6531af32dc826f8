import type { Storage } from "@wadesk/core";
import type { SessionLease } from "@wadesk/core/ports";
import { broken, type Flaw, later } from "./flaw.ts";

/** Records that ask no session's lease. */
function unfenced(storage: Storage): Storage {
  const { records } = storage;
  return {
    ...storage,
    records: {
      ...records,
      set: (namespace, changes, fence) => records.set(namespace, changes, fence?.process === undefined ? fence : undefined),
    },
  };
}

/** What may be wrong with a storage's sessions. */
export const SESSION_FLAWS: readonly Flaw[] = [
  [
    "looks which are free and takes them later",
    "sessions are claimed by one of ten processes each, and by none that does not live",
    broken("sessions", (own) => {
      let seen: Promise<readonly SessionLease[]> | undefined;
      return {
        claim: async (process, kind, limit) => {
          seen ??= own.claim(process, kind, limit);
          const mine = await seen;
          await later();
          return mine.map((lease) => ({ ...lease, process }));
        },
      };
    }),
  ],
  [
    "gives sessions to a process that never joined",
    "sessions are claimed by one of ten processes each, and by none that does not live",
    broken("sessions", (own) => ({
      claim: async (process, kind, limit) => {
        if (process.startsWith("never")) await own.join(process, [], 1000);
        return own.claim(process, kind, limit);
      },
    })),
  ],
  [
    "wants every session",
    "sessions are claimed only where they are wanted",
    broken("sessions", (own) => ({ want: (id) => own.want(id, true) })),
  ],
  [
    "forgets the token with the holder",
    "sessions have a token higher than any holder before, and than what it must be above",
    broken("sessions", (own) => ({ claim: async (...call) => (await own.claim(...call)).map((lease) => ({ ...lease, token: 1 })) })),
  ],
  [
    "takes no notice of what a token must be above",
    "sessions have a token higher than any holder before, and than what it must be above",
    broken("sessions", (own) => ({ take: (process, place) => own.take(process, place, 0) })),
  ],
  ["lets a former holder write", "sessions are taken from whoever holds them, and who held them writes nothing more", unfenced],
  [
    "goes by the token alone, not by the process's heartbeat",
    "sessions stand and fall with the heartbeat of their process",
    broken("sessions", (own) => ({ beat: async (process, kinds, ttlMs) => own.join(process, kinds, ttlMs).then(() => "alive") })),
  ],
  [
    "frees nothing of a process that ended without a word",
    "sessions stand and fall with the heartbeat of their process",
    broken("sessions", () => ({ reap: async () => 1 })),
  ],
  [
    "lets one process release another's",
    "sessions are free at once when their process leaves or releases them, and another's are not",
    broken("sessions", (own) => ({
      release: async (process, ids) => {
        for (const name of [process, "b"]) await own.release(name, ids);
      },
    })),
  ],
  [
    "keeps what a process held when it leaves",
    "sessions are free at once when their process leaves or releases them, and another's are not",
    broken("sessions", (own) => ({
      leave: async (process) => {
        if (process === "adds") await own.leave(process);
      },
    })),
  ],
  [
    "counts those of every kind",
    "sessions are counted by process and kind, those that are wanted",
    broken("sessions", (own) => ({
      standing: async (kind) => {
        const [here, there] = [await own.standing(kind), await own.standing(kind === "web" ? "other" : "web")];
        return { ...here, shares: here.shares.map((share, index) => ({ ...share, held: share.held + (there.shares[index]?.held ?? 0) })) };
      },
    })),
  ],
  [
    "goes on serving what a process served when it joined",
    "sessions are counted by process and kind, those that are wanted",
    broken("sessions", (own) => {
      const joined = new Map<string, readonly string[]>();
      return {
        join: (process, kinds, ttlMs) => own.join(process, joined.set(process, kinds).get(process) ?? [], ttlMs),
        beat: (process, _kinds, ttlMs) => own.beat(process, joined.get(process) ?? [], ttlMs),
      };
    }),
  ],
  [
    "forgets no session",
    "sessions are forgotten, and come back as new ones",
    broken("sessions", (own) => ({ forget: (id) => own.want(id, false) })),
  ],
  [
    "takes names with and without a space at their end for one",
    "sessions are told apart, whatever their names hold",
    broken("sessions", (own) => ({
      take: async (process, place, floor) => {
        const lease = await own.take(process, { ...place, connectionId: place.connectionId.trimEnd() }, floor);
        return lease && { ...lease, ...place };
      },
    })),
  ],
];
