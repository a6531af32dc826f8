import { isWadeskError, WadeskError } from "../../errors/wadesk-error.ts";
import type { FetchedFile, FetchFile, FileRequest, OpenedMedia } from "../../ports/media.ts";
import type { Lookup } from "../../ports/runtime.ts";
import type { FetchAt } from "../../runtime/system-network.ts";
import { fileNameOf } from "./file-name.ts";
import { isPublicAddress } from "./public-address.ts";

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const MOST_REDIRECTS = 5;

/** What files are fetched with. */
export interface FetchFileParts {
  /** Reaches the vendor; and strangers too, where `fetchAt` is absent: then what a host's name leads to may change after it was looked up. */
  readonly fetch: typeof fetch;
  readonly fetchAt: FetchAt | undefined;
  readonly lookup: Lookup;
  readonly signal: AbortSignal;
}

/** Makes {@link FetchFile}. */
export function createFetchFile(parts: FetchFileParts): FetchFile {
  return async (request) => {
    let url = readAddress(request.url);
    for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
      const response = await ask(parts, request, url);
      const location = REDIRECTS.has(response.status) ? response.headers.get("location") : null;
      if (location === null) return fetched(response);
      await response.body?.cancel();
      url = readAddress(location, url);
    }
    throw refused(`more than ${MOST_REDIRECTS} redirects`);
  };
}

function readAddress(text: string, base?: URL): URL {
  if (!URL.canParse(text, base)) throw refused("it is no address");
  return new URL(text, base);
}

async function ask(parts: FetchFileParts, { isVendors, authorizationFor }: FileRequest, url: URL): Promise<Response> {
  // bytes as they are: what was packed on the way has neither the size nor the hash that was told
  const headers = new Headers({ accept: "*/*", "accept-encoding": "identity" });
  const { fetch, signal } = parts;
  try {
    if (isVendors?.(url) !== true) return await askStranger(parts, url, headers);
    const authorization = authorizationFor?.(url);
    if (authorization !== undefined) headers.set("authorization", authorization);
    // a redirect that fetch follows is one that nobody looked at
    return await fetch(url.href, { headers, redirect: "manual", signal });
  } catch (error) {
    if (isWadeskError(error)) throw error;
    signal.throwIfAborted();
    throw unreachable(error);
  }
}

async function askStranger({ fetch, fetchAt, lookup, signal }: FetchFileParts, url: URL, headers: Headers): Promise<Response> {
  if (url.protocol !== "https:") throw refused("it must begin with https://");
  if (url.username !== "" || url.password !== "") throw refused("it carries a user name or password");
  const addresses = await addressesOf(url.hostname, lookup);
  const hidden = addresses.find((address) => !isPublicAddress(address));
  if (hidden !== undefined || addresses.length === 0) throw refused(`${url.hostname} does not lie on the public internet`);
  if (fetchAt === undefined) return fetch(url.href, { headers, redirect: "manual", signal });
  const response = await fetchAt(url, addresses, { headers, signal });
  // a fetch would unpack it, this does not; it was asked for as it is
  if (!isPacked(response.headers)) return response;
  await response.body?.cancel();
  throw new WadeskError("media_unavailable", { detail: `${url.hostname} packed it, though it was asked for as it is` });
}

function isPacked(headers: Headers): boolean {
  return (headers.get("content-encoding") ?? "identity").trim().toLowerCase() !== "identity";
}

async function addressesOf(hostname: string, lookup: Lookup): Promise<readonly string[]> {
  const literal = hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
  // the URL parser has written every form of an IPv4 address as four numbers
  if (literal.includes(":") || /^[\d.]+$/.test(literal)) return [literal];
  return lookup(literal);
}

async function fetched(response: Response): Promise<FetchedFile> {
  const { status, headers, body } = response;
  if (status === 200) return { status, file: openedFrom(headers, body ?? emptyStream()) };
  await body?.cancel();
  return { status };
}

function openedFrom(headers: Headers, stream: ReadableStream<Uint8Array>): OpenedMedia {
  const mimeType = headers.get("content-type")?.trim() || undefined;
  const length = headers.get("content-length") ?? "";
  const fileName = fileNameOf(headers.get("content-disposition") ?? "");
  return {
    stream,
    ...(mimeType !== undefined && { mimeType }),
    ...(/^\d+$/.test(length) && !isPacked(headers) && { sizeBytes: Number(length) }),
    ...(fileName !== undefined && { fileName }),
  };
}

function emptyStream(): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.close() });
}

function refused(detail: string): WadeskError {
  return new WadeskError("media_address_refused", { detail });
}

// made anew: an HTTP client's own error carries the request, and with it the credentials
function unreachable(error: unknown): WadeskError {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code = [error, cause]
    .map((each) => (each instanceof Error && "code" in each ? String(each.code) : undefined))
    .find((each) => each !== undefined);
  return new WadeskError("media_unavailable", { detail: code ?? (error instanceof Error ? error.name : "no answer") });
}
