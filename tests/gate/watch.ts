/** What a process has seen of itself between two moments. */
export interface Seen {
  /** The longest time for which nothing else could run, in milliseconds by the clock. */
  readonly blockedMs: number;
  /** The same by the processor's time, so that what other programs took of the machine does not count. */
  readonly workedMs: number;
  /** How much larger the process was at most than when it was first looked at, in bytes: what the system gave it. */
  readonly rss: number;
  /** The same of what JavaScript holds, on the heap and beside it. */
  readonly held: number;
}

/** How large a process is, in bytes. */
interface Size {
  readonly rss: number;
  readonly held: number;
}

/** A watch that runs. */
export interface Watch {
  /** What growth is counted from. */
  readonly first: Size;
  end(): Seen;
}

const TICK_MS = 5;

function sizeNow(): Size {
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, held: heapUsed + external };
}

/** Begins to look, every few milliseconds; growth is counted from `first`, or from now, when what nobody uses was given back. */
export function startWatch(before?: Size): Watch {
  if (before === undefined) globalThis.gc?.();
  const first = before ?? sizeNow();
  const most = { blockedMs: 0, workedMs: 0, rss: 0, held: 0 };
  let [clock, processor] = [performance.now(), process.threadCpuUsage()];
  const look = (): void => {
    const [now, used] = [performance.now(), process.threadCpuUsage(processor)];
    const passed = now - clock;
    most.blockedMs = Math.max(most.blockedMs, passed - TICK_MS);
    most.workedMs = Math.max(most.workedMs, (used.user + used.system) / 1000 - TICK_MS);
    const { rss, held } = sizeNow();
    most.rss = Math.max(most.rss, rss - first.rss);
    most.held = Math.max(most.held, held - first.held);
    [clock, processor] = [performance.now(), process.threadCpuUsage()];
  };
  const timer = setInterval(look, TICK_MS);
  return {
    first,
    end() {
      clearInterval(timer);
      look();
      return most;
    },
  };
}
