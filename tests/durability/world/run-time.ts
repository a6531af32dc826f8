/** Time as a process has it: a pause of the machine, in which nobody could have answered, is one beat at most. */
export interface RunTime {
  /** How long the process has run, in milliseconds. */
  now(): number;
  stop(): void;
}

const BEAT_MS = 25;

/** Starts to count. A beat is asked for when the last one came, so that none is made up for. */
export function startRunTime(): RunTime {
  let beats = 0;
  let timer: NodeJS.Timeout;
  const beat = (): void => {
    beats += 1;
    timer = setTimeout(beat, BEAT_MS);
  };
  timer = setTimeout(beat, BEAT_MS);
  return { now: () => beats * BEAT_MS, stop: () => clearTimeout(timer) };
}
