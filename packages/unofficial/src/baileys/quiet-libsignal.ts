/**
 * How the lines begin that libsignal 6.0.0 writes to the console by itself, some with a whole session and its private keys behind them. It takes no logger,
 * so nothing but the console can hold them back.
 */
const LINES = [
  "Closing session:",
  "Closing open session in favor of incoming prekey bundle",
  "Opening session:",
  "Removing old closed session:",
  "Session already closed",
  "Session already open",
  "Session error:",
  "Failed to decrypt message with any known session...",
  "Decrypted message with closed session.",
  "Migrating session to:",
  "V1 session storage migration error:",
  "WARNING: Expected pubkey of length 33",
  "Unhandled bucket type (for naming):",
] as const;

const LEVELS = ["info", "warn", "error"] as const;
const quiet = new WeakSet<Console>();

/** Holds libsignal's lines back from a console; every other line passes. Does so once, however often it is called. */
export function quietLibsignal(target: Console): void {
  if (quiet.has(target)) return;
  quiet.add(target);
  for (const level of LEVELS) {
    const write = target[level].bind(target);
    target[level] = (...parts: unknown[]) => {
      const [first] = parts;
      if (typeof first !== "string" || !LINES.some((line) => first.startsWith(line))) write(...parts);
    };
  }
}
