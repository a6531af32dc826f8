import { readObject } from "../asking/read-object.ts";

/** What was sent, or why it cannot be read: more of it than may be, read before by a parser of the application's, not whole, no JSON object. */
export type ShortObject =
  | {
      /** The object. */
      readonly value: Readonly<Record<string, unknown>>;
    }
  | {
      /** Why there is none. */
      readonly fault: "body_too_large" | "body_read_before" | "body_cut_off" | "body_invalid";
    };

/** The JSON object of a body of so many bytes at most, which is empty where there is no body; no more of it is read. */
export async function readShortObject(request: Request, mostBytes: number): Promise<ShortObject> {
  const read = await shortText(request, mostBytes);
  if ("fault" in read) return read;
  const value = read.text.trim() === "" ? {} : readObject(read.text);
  return value === undefined ? { fault: "body_invalid" } : { value };
}

type ShortText = { readonly text: string } | Extract<ShortObject, { fault: string }>;

async function shortText({ body, bodyUsed, headers }: Request, mostBytes: number): Promise<ShortText> {
  if (Number(headers.get("content-length") ?? 0) > mostBytes) return { fault: "body_too_large" };
  if (bodyUsed) return { fault: "body_read_before" };
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    for await (const chunk of body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > mostBytes) return { fault: "body_too_large" };
      text += decoder.decode(chunk, { stream: true });
    }
  } catch {
    // whoever sends it has hung up
    return { fault: "body_cut_off" };
  }
  return { text: text + decoder.decode() };
}
