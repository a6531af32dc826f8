import { WadeskError } from "@wadesk/core";

/**
 * Whether a request was made by a page of this application's own: a page of somebody else's must not act for who is signed in here. A browser says so itself
 * (`Sec-Fetch-Site`), whatever a proxy made of the host; of one that does not, `Origin` must name the host that was called. Both a page of another origin and a
 * form are stopped by the type: JSON is sent elsewhere only where that was allowed beforehand.
 */
export function fromOwnPage({ headers, url }: Request): boolean {
  if (!/^application\/json\s*(;|$)/i.test(headers.get("content-type") ?? "")) return false;
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  const origin = headers.get("origin");
  if (origin === null) return true;
  const host = URL.canParse(origin) ? new URL(origin).host : undefined;
  return host !== undefined && (host === headers.get("host") || host === new URL(url).host);
}

const MOST_BYTES = 16_384;

/** The JSON object of a body of 16 KiB at most; no more of it is read. Rejects with `input_invalid`. */
export async function readJson(request: Request): Promise<Readonly<Record<string, unknown>>> {
  const value = parsed(await shortText(request));
  if (typeof value !== "object" || value === null) throw refused("must be a JSON object");
  return value as Readonly<Record<string, unknown>>;
}

async function shortText({ body, headers }: Request): Promise<string> {
  if (Number(headers.get("content-length") ?? 0) > MOST_BYTES) throw tooLong();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw tooLong();
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

function tooLong(): WadeskError {
  return refused("is too long: nothing of a signup has more than 16 KiB");
}

function refused(what: string): WadeskError {
  return new WadeskError("input_invalid", { detail: `the body ${what}` });
}
