import type { WireEvent } from "../../wire/event.ts";

/** Reads server-sent events from pieces of text, which may be cut anywhere: each piece gives the events that it completes. */
export function createStreamParser(): (piece: string) => readonly WireEvent[] {
  let rest = "";
  return (piece) => {
    rest += piece;
    const blocks = rest.split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? "";
    return blocks.flatMap(readBlock);
  };
}

// a comment keeps the line open and says nothing; what cannot be read is of another version, or of a proxy
function readBlock(block: string): readonly WireEvent[] {
  const lines = block.split(/\r?\n/).filter((line) => line.startsWith("data:"));
  if (lines.length === 0) return [];
  try {
    const event = JSON.parse(lines.map((line) => line.slice(5)).join("\n")) as WireEvent;
    return typeof event?.type === "string" ? [event] : [];
  } catch {
    return [];
  }
}
