import type { Logger } from "@wadesk/core";

/** One line that was logged. */
export interface LogLine {
  /** As the method of the logger was called. */
  readonly level: "debug" | "info" | "warn" | "error";
  /** What the line is about, as it was given: nothing is cut or hidden. */
  readonly data: object;
  /** The sentence. */
  readonly message: string;
}

const observers = new Set<(line: LogLine) => void>();

/** Tells every line that any recording logger in this process is given. */
export function observeLines(observe: (line: LogLine) => void): void {
  observers.add(observe);
}

/** A logger that keeps its lines for a test to read. */
export function recordingLogger(): { readonly log: Logger; readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const keep =
    (level: LogLine["level"]) =>
    (data: object, message: string): void => {
      const line = { level, data, message };
      lines.push(line);
      for (const observe of observers) observe(line);
    };
  return { log: { debug: keep("debug"), info: keep("info"), warn: keep("warn"), error: keep("error") }, lines };
}
