import type { Clock } from "@wadesk/core";

/** How a body is read. */
export interface BodyLimits {
  readonly mostBytes: number;
  /** How long it may take to arrive, in milliseconds. */
  readonly withinMs: number;
  readonly clock: Clock;
}

/** Reads a whole body; why not, where it is longer or takes longer than it may, of which no more is read then. */
export async function readBody(
  request: Request,
  { mostBytes, withinMs, clock }: BodyLimits,
): Promise<Uint8Array<ArrayBuffer> | "too large" | "too slow"> {
  if (Number(request.headers.get("content-length") ?? 0) > mostBytes) {
    await request.body?.cancel();
    return "too large";
  }
  const reader = request.body?.getReader();
  let isLate = false;
  const stop = clock.after(withinMs, () => {
    isLate = true;
    // what waits for the next piece hears of the end
    reader?.cancel().catch(() => {});
  });
  try {
    const parts: Uint8Array[] = [];
    let length = 0;
    for (;;) {
      const { value } = (await reader?.read()) ?? {};
      if (isLate) return "too slow";
      if (value === undefined) return joined(parts, length);
      length += value.length;
      if (length > mostBytes) {
        await reader?.cancel();
        return "too large";
      }
      parts.push(value);
    }
  } finally {
    stop();
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    body.set(part, offset);
    offset += part.length;
  }
  return body;
}
