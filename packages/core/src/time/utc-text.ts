import { readTime } from "./whole-time.ts";

/** A moment in milliseconds since the epoch as people read it, e.g. `2026-06-14 18:00 UTC`. */
export function utcText(at: number): string {
  const time = readTime(at);
  return time === undefined ? "an unknown time" : `${new Date(time).toISOString().replace("T", " ").slice(0, 16)} UTC`;
}
