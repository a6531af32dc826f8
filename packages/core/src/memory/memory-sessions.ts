import type { Fence } from "../ports/stores/record-store.ts";
import type { SessionLease, SessionPlace, SessionStore } from "../ports/stores/session-store.ts";
import { wholeTime } from "../time/whole-time.ts";

interface Process {
  readonly kinds: readonly string[];
  readonly until: number;
}

interface Session extends SessionPlace {
  readonly token: number;
  readonly wanted: boolean;
  readonly process?: string;
}

/** Sessions and the processes that hold them, in maps; `holds` is how records check a fence. */
export function memorySessions(now: () => number): { readonly store: SessionStore; readonly holds: (fence: Fence) => boolean } {
  const processes = new Map<string, Process>();
  const sessions = new Map<string, Session>();

  const lives = (process: string | undefined): boolean => process !== undefined && (processes.get(process)?.until ?? 0) > now();
  const free = (session: Session): void => {
    const { process: _held, ...rest } = session;
    sessions.set(session.connectionId, rest);
  };
  const heldBy = (process: string): readonly Session[] => [...sessions.values()].filter((session) => session.process === process);
  const give = (process: string, session: Session): SessionLease => {
    sessions.set(session.connectionId, { ...session, process });
    return leaseOf(process, session);
  };

  const store: SessionStore = {
    async join(process, kinds, ttlMs) {
      processes.set(process, { kinds: [...kinds], until: wholeTime(now() + ttlMs) });
    },
    async beat(process, kinds, ttlMs) {
      if (!lives(process)) return "lost";
      processes.set(process, { kinds: [...kinds], until: wholeTime(now() + ttlMs) });
      return "alive";
    },
    async leave(process) {
      for (const session of heldBy(process)) free(session);
      processes.delete(process);
    },
    async standing(kind) {
      const ofKind = [...sessions.values()].filter((session) => session.kind === kind);
      const living = [...processes].filter(([name]) => lives(name)).sort(([left], [right]) => (left < right ? -1 : 1));
      return {
        shares: living.map(([process, { kinds }]) => ({
          process,
          serves: kinds.includes(kind),
          held: ofKind.filter((session) => session.wanted && session.process === process).length,
        })),
        free: ofKind.filter((session) => session.wanted && session.process === undefined).length,
        lapsed: processes.size - living.length,
      };
    },
    async reap() {
      const lapsed = [...processes.keys()].filter((name) => !lives(name));
      const left = lapsed.flatMap(heldBy);
      for (const session of left) free(session);
      for (const name of lapsed) processes.delete(name);
      return left.length;
    },
    async claim(process, kind, limit) {
      if (!lives(process)) return [];
      const claimable = [...sessions.values()].filter((each) => each.kind === kind && each.wanted && each.process === undefined);
      return claimable.slice(0, limit).map((session) => give(process, { ...session, token: session.token + 1 }));
    },
    async take(process, place, floor) {
      if (!lives(process)) return undefined;
      const known = sessions.get(place.connectionId);
      const token = Math.max(known?.token ?? 0, floor) + 1;
      return give(process, { ...place, wanted: known?.wanted ?? false, token });
    },
    async want(connectionId, wanted) {
      const session = sessions.get(connectionId);
      if (session !== undefined) sessions.set(connectionId, { ...session, wanted });
    },
    async release(process, connectionIds) {
      const ids = new Set(connectionIds);
      for (const session of heldBy(process)) if (ids.has(session.connectionId)) free(session);
    },
    held: async (process) =>
      heldBy(process)
        .filter(({ wanted }) => wanted)
        .map((session) => leaseOf(process, session)),
    async find(connectionId) {
      const session = sessions.get(connectionId);
      if (session === undefined) return undefined;
      const { wanted, process } = session;
      return { wanted, ...(process !== undefined && lives(process) && { process }) };
    },
    async forget(connectionId) {
      sessions.delete(connectionId);
    },
  };
  return {
    store,
    holds({ lease, token, process }) {
      const session = sessions.get(lease);
      return session !== undefined && session.process === process && session.token === token && lives(process);
    },
  };
}

function leaseOf(process: string, { workspaceId, connectionId, kind, token }: Session): SessionLease {
  return { workspaceId, connectionId, kind, process, token };
}
