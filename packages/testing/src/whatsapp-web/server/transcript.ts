import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import type { Clock } from "@wadesk/core";
import type { Connection } from "../wire/connection.ts";
import type { BinaryNode } from "../wire/node.ts";
import { nodeText } from "../wire/node-text.ts";

/** What passed between the server and its clients. */
export interface Transcript {
  note(connection: Connection, direction: "in" | "out", stanza: BinaryNode): void;
  /** The newest stanzas, the oldest of them first, each with its time, its connection and its direction. */
  text(): string;
  /** Everything is in the file, where there is one. */
  close(): Promise<void>;
}

const STANZAS_KEPT = 2_000;

interface Kept {
  readonly at: number;
  readonly connection: number;
  readonly direction: "in" | "out";
  readonly stanza: BinaryNode;
}

/** Keeps the newest 2,000 stanzas. They are put into words when somebody asks, or at once where there is a file for them. */
export function transcript(clock: Clock, file?: string): Transcript {
  const kept: Kept[] = [];
  const disk = file === undefined ? undefined : createWriteStream(file, { mode: 0o600 });
  // a full disk ends the file, not the test
  disk?.on("error", () => {});
  return {
    note: ({ id }, direction, stanza) => {
      const entry = { at: clock.now(), connection: id, direction, stanza };
      kept.push(entry);
      disk?.write(`${worded(entry)}\n`);
      if (kept.length > STANZAS_KEPT * 2) kept.splice(0, STANZAS_KEPT);
    },
    text: () => kept.slice(-STANZAS_KEPT).map(worded).join("\n"),
    close: async () => {
      if (disk === undefined || disk.destroyed) return;
      disk.end();
      await finished(disk).catch(() => {});
    },
  };
}

function worded({ at, connection, direction, stanza }: Kept): string {
  const time = new Date(at).toISOString().slice(11, 23);
  return `${time} #${connection} ${direction === "in" ? "client → server" : "server → client"}\n${nodeText(stanza, "  ")}`;
}
