import { type Refusal, refusal } from "../refusal.ts";

// what a change may have: the longest of what people paste is a tenth of it
const MOST_BYTES = 64 * 1024;

/** The JSON object of a body; an empty one where there is no body. No more of it is read than it may have. */
export async function readObject(request: Request): Promise<{ readonly value: object } | Refusal> {
  const text = await shortText(request);
  if (typeof text !== "string") return text;
  if (text.trim() === "") return { value: {} };
  const value = parsed(text);
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { value } : refusal("body_invalid");
}

async function shortText({ body, bodyUsed, headers }: Request): Promise<string | Refusal> {
  if (Number(headers.get("content-length") ?? 0) > MOST_BYTES) return refusal("body_too_large");
  // a parser of the application's was there first
  if (bodyUsed) return refusal("body_read_before");
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) return refusal("body_too_large");
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
