// libsignal 6.0.0 writes these to the console, some with a whole session and its keys behind them
const LIBSIGNAL =
  /^(Closing (open )?session|Session error:|Failed to decrypt message|Decrypted message with closed session|Removing old closed session|Session already (closed|open)|Opening session)/;

let isQuiet = false;

/** Keeps libsignal's lines out of a test run's output; every other line passes. */
export function quietLibsignal(): void {
  if (isQuiet) return;
  isQuiet = true;
  for (const level of ["info", "warn", "error"] as const) {
    const write = console[level].bind(console);
    console[level] = (...parts: unknown[]) => {
      if (!LIBSIGNAL.test(String(parts[0]))) write(...parts);
    };
  }
}
