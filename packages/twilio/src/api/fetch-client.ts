import { isWadeskError, WadeskError } from "@wadesk/core";
import { type Answer, askVendor, type Lost, readObject, transportError } from "@wadesk/core/ports";
import { refusalError } from "./answers.ts";

/** How one client calls. */
export interface FetchClientOptions {
  readonly fetch: typeof fetch;
  /** One address in place of Twilio's hosts. */
  readonly apiUrl?: string;
  /** Milliseconds that one attempt may take. */
  readonly timeoutMs: number;
  /** Milliseconds before the first repetition; each further one waits twice as long. */
  readonly retryDelayMs: number;
  readonly signal: AbortSignal;
}

/** The part of a request of Twilio's own client that counts here. */
export interface ClientRequest {
  readonly method: string;
  readonly uri: string;
  readonly username?: string;
  readonly password?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly params?: object;
  readonly data?: object;
}

/** What Twilio's own client takes as an answer. */
export interface ClientResponse {
  readonly statusCode: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
}

const REPETITIONS = 2;

/**
 * Twilio's own client over a fetch. It answers successes only, and rejects with our errors: Twilio's refusal; `provider_unavailable` when
 * nothing was done; `outcome_unknown` when something that changes things may have been done though no answer came. Reads are repeated,
 * anything else never.
 */
export function fetchClient(options: FetchClientOptions): { request: (request: ClientRequest) => Promise<ClientResponse> } {
  return {
    async request(request) {
      const reads = request.method.toLowerCase() === "get";
      for (let attempt = 0; ; attempt++) {
        try {
          return await call(options, request, reads ? "provider_unavailable" : "outcome_unknown");
        } catch (error) {
          if (!reads || attempt === REPETITIONS || options.signal.aborted || !isWadeskError(error, "provider_unavailable")) throw error;
          await new Promise((resolve) => setTimeout(resolve, options.retryDelayMs * 2 ** attempt));
        }
      }
    },
  };
}

async function call(options: FetchClientOptions, request: ClientRequest, lost: Lost): Promise<ClientResponse> {
  const { password = "" } = request;
  const answer = await ask(options, request, lost);
  if (answer.status < 200 || answer.status > 299) throw refusalError(answer, lost, [password, credentials(request)]);
  const body = readObject(answer.text);
  if (body === undefined) throw transportError("twilio", lost, "the answer is not JSON");
  const refused = refusedWith(body);
  if (refused !== undefined) throw refusalError({ ...answer, status: refused }, lost, [password, credentials(request)]);
  return { statusCode: answer.status, body, headers: Object.fromEntries(answer.headers) };
}

// Twilio's envelope of an error, under the status of a success
function refusedWith({ code, status }: Readonly<Record<string, unknown>>): number | undefined {
  return typeof code === "number" && typeof status === "number" && status >= 400 ? status : undefined;
}

async function ask({ fetch, apiUrl, timeoutMs, signal }: FetchClientOptions, request: ClientRequest, lost: Lost): Promise<Answer> {
  return askVendor({ vendor: "twilio", fetch, timeoutMs, signal, lost }, addressOf(request, apiUrl), {
    method: request.method.toUpperCase(),
    headers: { ...textHeaders(request.headers), authorization: `Basic ${credentials(request)}` },
    ...(request.data && { body: formOf(request.data).toString() }),
  });
}

function credentials({ username = "", password = "" }: ClientRequest): string {
  return btoa(`${username}:${password}`);
}

const TWILIO_HOST = /^(api|messaging|content)(\.[a-z0-9-]+)*\.twilio\.com$/;

// a page's address comes from an answer: it leads back to where we asked, or nowhere
function addressOf({ uri, params }: ClientRequest, apiUrl: string | undefined): string {
  const url = new URL(uri);
  const ours = apiUrl !== undefined && url.origin === new URL(apiUrl).origin;
  if (!ours && !(url.protocol === "https:" && url.port === "" && TWILIO_HOST.test(url.hostname))) {
    throw new WadeskError("provider_unavailable", { detail: "Twilio's answer leads to a host that is not Twilio's" });
  }
  for (const [name, value] of formOf(params ?? {})) url.searchParams.append(name, value);
  return apiUrl === undefined || ours ? url.href : `${apiUrl}${url.pathname}${url.search}`;
}

function formOf(fields: object): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields) as [string, unknown][]) {
    for (const each of Array.isArray(value) ? value : [value]) if (each !== undefined && each !== null) form.append(name, String(each));
  }
  return form;
}

function textHeaders(headers: ClientRequest["headers"] = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])));
}
