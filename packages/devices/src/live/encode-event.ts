import type { WireEvent } from "../wire/event.ts";

const encoder = new TextEncoder();

/** An event as the stream has it: its type as the name, and all of it as JSON. */
export function encodeEvent(event: WireEvent): Uint8Array {
  return encoder.encode(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
}

/** A line that nobody reads: it keeps proxies from taking the stream for dead. */
export const HEARTBEAT: Uint8Array = encoder.encode(": still here\n\n");
