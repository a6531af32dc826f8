import { WadeskError } from "../../errors/wadesk-error.ts";
import type { Logger } from "../../ports/runtime.ts";
import type { SessionStore } from "../../ports/stores/session-store.ts";
import type { Clock } from "../../time/clock.ts";
import { within } from "../../time/within.ts";
import { messageOf } from "../live.ts";

/** How long a process that says nothing more counts as alive, in milliseconds; a busy database may hold the event loop up for seconds. */
export const PRESENCE_MS = 9000;
const BEAT_MS: number = PRESENCE_MS / 3;

/** Under which name this process holds sessions, and for how long. */
export interface Heartbeat {
  readonly process: string;
  /** Whether others still respect what is held under it, as far as is known here. */
  readonly isAlive: () => boolean;
}

/** The heartbeat of this process: it beats while anybody needs it. */
export interface Presence {
  /** Begins it where it does not beat. Rejects with `storage_unavailable`. Each call has one `letGo` that follows. */
  need(): Promise<Heartbeat>;
  /**
   * When nobody needs it any longer, the process ends for others, and what it still holds is free: at once, or with `lapse`, asked for by any of those who
   * needed it, when its heartbeat is over. While it goes on, others hear at once that it takes no share any more.
   */
  letGo(how?: "lapse"): Promise<void>;
  /** Whether it is the name of this process at the moment. */
  readonly is: (process: string) => boolean;
  /** Which kinds this process takes a share of. */
  serve(kinds: readonly string[]): void;
}

/** What a presence is made of. */
export interface PresenceParts {
  readonly sessions: SessionStore;
  readonly clock: Clock;
  readonly log: Logger;
  readonly randomId: () => string;
  /** Told once when others may have taken what was held under a name. */
  readonly lost: (process: string) => void;
}

interface Beating extends Heartbeat {
  stop(): void;
  /** Ends it as one that others may count as over. */
  lose(): void;
}

/** Makes the presence of one client. */
export function createPresence({ sessions, clock, log, randomId, lost }: PresenceParts): Presence {
  let served: readonly string[] = [];
  let needed = 0;
  let lapses = false;
  let current: Beating | undefined;
  let beginning: Promise<Beating> | undefined;
  let name: string | undefined;

  const begin = async (): Promise<Beating> => {
    const process = `process_${randomId()}`;
    const began = clock.now();
    await within(clock, PRESENCE_MS, sessions.join(process, served, PRESENCE_MS));
    name = process;
    let aliveUntil = began + PRESENCE_MS;
    let stopped = false;
    let cancel = (): void => {};
    const lose = (): void => {
      if (stopped) return;
      stopped = true;
      cancel();
      log.warn({ process }, "the sessions of this process count as left behind: its heartbeat did not come through in time");
      lost(process);
    };
    const beat = async (): Promise<void> => {
      const now = clock.now();
      try {
        if ((await within(clock, BEAT_MS, sessions.beat(process, served, PRESENCE_MS))) === "lost") return lose();
        aliveUntil = now + PRESENCE_MS;
      } catch (error) {
        log.warn({ reason: messageOf(error) }, "a heartbeat could not be told; trying again");
      }
      if (clock.now() >= aliveUntil) lose();
      else if (!stopped) schedule();
    };
    const schedule = (): void => {
      // not beyond the end: what cannot be told to be ours is not
      cancel = clock.after(Math.max(1, Math.min(BEAT_MS, aliveUntil - clock.now())), () => void beat());
    };
    schedule();
    return {
      process,
      isAlive: () => !stopped && clock.now() < aliveUntil,
      lose,
      stop() {
        stopped = true;
        cancel();
      },
    };
  };

  // one at a time, whoever asks meanwhile: each that began would beat for ever
  const beginOne = async (): Promise<Beating> => {
    try {
      // an answer that is still under way must not bring it back
      current?.lose();
      current = undefined;
      current = await begin();
      return current;
    } finally {
      beginning = undefined;
    }
  };
  const beating = (): Promise<Beating> | Beating => {
    if (beginning === undefined && current?.isAlive()) return current;
    beginning ??= beginOne();
    return beginning;
  };

  return {
    async need() {
      needed += 1;
      try {
        return await beating();
      } catch (error) {
        needed -= 1;
        throw new WadeskError("storage_unavailable", { cause: error });
      }
    },
    async letGo(how) {
      needed -= 1;
      lapses ||= how === "lapse";
      const last = current;
      if (last === undefined) return;
      const wasAlive = last.isAlive();
      const leaves = needed === 0 && !lapses;
      if (needed === 0) {
        current = undefined;
        lapses = false;
        last.stop();
      }
      // no share must be left to one that takes none any more
      if (!wasAlive || (!leaves && served.length > 0)) return;
      const { process } = last;
      try {
        await within<unknown>(clock, PRESENCE_MS, leaves ? sessions.leave(process) : sessions.beat(process, served, PRESENCE_MS));
      } catch (error) {
        log.warn({ reason: messageOf(error) }, "the end of this process could not be told; its sessions are free within seconds");
      }
    },
    is: (process) => process === name,
    serve(kinds) {
      served = kinds;
    },
  };
}
