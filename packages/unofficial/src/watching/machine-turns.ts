import { subtle } from "node:crypto";

/** What the machine has already, and a server of its own besides, is through within so many rounds. */
const ROUNDS = 24;

/**
 * Resolves when this process has read what waits at its sockets, and had back what it gave to the machine's threads. One that stood still, with its machine or
 * because something held it up, finds its timers due before it has done either: whoever is judged by a time that has passed is given this chance first.
 */
export async function machineTurns(): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    await new Promise<void>((resolve) => setImmediate(resolve));
    // gets in line behind what the threads have to do
    await subtle.digest("SHA-256", new Uint8Array(1));
  }
}
