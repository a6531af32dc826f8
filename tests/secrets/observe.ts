import { afterAll } from "vitest";
// this module of `@wadesk/testing` alone: as a setup file it is loaded before every test file of the workspace, and the whole kit is not
import { observeLines } from "../../packages/testing/src/recording-logger.ts";
import { watchKeys } from "./watch-keys.ts";
import { watched } from "./watched.ts";

// what any test prints, and whatever is logged while it runs, holds no key, no ratchet and no words of a message
watchKeys((key) => watched.key(key));
observeLines(({ level, message, data }) => watched.note(`the log, at ${level}`, message, data));
for (const level of ["debug", "info", "log", "warn", "error", "trace", "dir"] as const) {
  const write = console[level].bind(console);
  console[level] = (...values: unknown[]) => {
    watched.note(`console.${level}`, ...values);
    write(...values);
  };
}
for (const stream of ["stdout", "stderr"] as const) {
  const { write } = process[stream];
  process[stream].write = function (this: typeof process.stdout, ...given: Parameters<typeof write>) {
    const [chunk] = given;
    watched.note(stream, typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("latin1"));
    return write.apply(this, given);
  } as typeof write;
}

afterAll(() => {
  const found = watched.found();
  if (found.length > 0) throw new Error(found.join("\n"));
});
