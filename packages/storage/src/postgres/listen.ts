import { keyText } from "../sql/key-text.ts";

/** The channel on which the storages of one schema tell each other of changes. PostgreSQL's names have 63 bytes at most. */
export function channelOf(schema: string): string {
  const name = `wadesk_${schema}`;
  return Buffer.byteLength(name) <= 63 ? name : keyText(name).slice(-63);
}
