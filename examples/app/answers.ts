/** What every page may do: nothing inline, nothing from elsewhere; `lit-html` is the policy of the Devices screen's elements. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types lit-html",
].join("; ");

const HEADERS = {
  "cache-control": "no-store",
  "content-security-policy": POLICY,
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
};

/** A body with the headers that everything of the application has. */
export function answer(type: string, body: BodyInit, status = 200): Response {
  return new Response(body, { status, headers: { ...HEADERS, "content-type": type } });
}

/** A value as JSON. */
export function json(value: unknown, status = 200): Response {
  return answer("application/json", JSON.stringify(value), status);
}

/** A failure, in words for a person. */
export function refused(status: number, message: string): Response {
  return json({ error: { message } }, status);
}

/** Sends a browser on to another page, after a form. */
export function goTo(path: string, cookie?: string): Response {
  return new Response(null, { status: 303, headers: { ...HEADERS, location: path, ...(cookie && { "set-cookie": cookie }) } });
}

/** Whether a page of the application's own asks for a change, and no other website with the person's cookie. */
export function isFromOwnPage({ headers }: Request): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  const origin = headers.get("origin") ?? "";
  return URL.canParse(origin) && new URL(origin).host === headers.get("host");
}

/** The body, or nothing where it is longer than this. */
export async function bodyUpTo(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** A JSON object of 64 KiB at most; nothing where the body is anything else. */
export async function objectOf(request: Request): Promise<Readonly<Record<string, unknown>> | undefined> {
  if (!request.headers.get("content-type")?.startsWith("application/json")) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(await bodyUpTo(request, 65_536)));
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
