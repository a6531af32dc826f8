/** Why a request is not answered: the status and a sentence. */
export interface Refusal {
  readonly status: number;
  readonly text: string;
}

const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

/**
 * Undefined for a request that may be answered. Only loopback's own names with this port are: a website cannot call itself by a name of its own that leads
 * here. What reads the world comes from the page itself or from no page; what changes it is JSON besides, which no form of another website can send.
 */
export function refusalOf({ method, url, headers }: Request, port: string): Refusal | undefined {
  const { hostname, port: called, origin, pathname } = new URL(url);
  if (!LOOPBACK.includes(hostname) || called !== port) return { status: 421, text: "The page is at the address that the program printed." };
  const from = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  const isForeign = (from !== null && from !== origin) || (site !== null && site !== "same-origin" && site !== "none");
  const isReading = method === "GET" || method === "HEAD";
  // a link of another page may lead to this one, which then is a page by itself
  if (isForeign && !(isReading && pathname === "/")) return { status: 403, text: "Another page asked for this: open the page itself." };
  const [type = ""] = (headers.get("content-type") ?? "").split(";");
  if (!isReading && type.trim().toLowerCase() !== "application/json")
    return { status: 415, text: "What changes something is sent as application/json." };
  return undefined;
}
