import type { Logger } from "@wadesk/core";

/** One line that was logged. */
export interface LogLine {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly data: object;
  readonly message: string;
}

/** A logger that keeps its lines for a test to read. */
export function recordingLogger(): { readonly log: Logger; readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const keep =
    (level: LogLine["level"]) =>
    (data: object, message: string): void =>
      void lines.push({ level, data, message });
  return { log: { debug: keep("debug"), info: keep("info"), warn: keep("warn"), error: keep("error") }, lines };
}
