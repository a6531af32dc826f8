/** Reads a body of so many bytes at most; nothing where it is longer, of which no more is read then. */
export async function readBody(request: Request, mostBytes: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (Number(request.headers.get("content-length") ?? 0) > mostBytes) {
    await request.body?.cancel();
    return undefined;
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  // leaving the loop cancels what is left
  for await (const part of request.body ?? []) {
    length += part.length;
    if (length > mostBytes) return undefined;
    parts.push(part);
  }
  const body = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    body.set(part, offset);
    offset += part.length;
  }
  return body;
}
