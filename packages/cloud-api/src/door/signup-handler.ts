import {
  type Authorize,
  type Authorized,
  isWadeskError,
  type Signup,
  type SignupAttempt,
  type SignupUser,
  WadeskError,
} from "@wadesk/core";
import {
  type AttemptCookie,
  attemptCookie,
  checkOptions,
  foreignPage,
  optionInvalid,
  readShortObject,
  type ShortObject,
} from "@wadesk/core/ports";
import { RETURN_PATH } from "../signup/begin.ts";

/** How the handler of Embedded Signup is made. */
export interface SignupHandlerOptions {
  /** Who a request is from, by your own session. */
  readonly authorize: Authorize;
  /**
   * The page of yours to which the browser is sent from the return path, e.g. `/settings/whatsapp`. It gets `signup`, the attempt's id, where there is one, and
   * `problem`, a code, where something went wrong; never the dialog's code or state.
   */
  readonly page: string;
  /**
   * What Meta's dialog shows filled in for who begins, as Meta's `extras.setup`; nothing by default. It comes from you and never from the browser: some of it, such
   * as pre-verified numbers, is yours to give.
   */
  readonly prefill?: (who: Authorized) => object | undefined | Promise<object | undefined>;
  /** What stands before the paths, as the browser calls them; nothing by default. */
  readonly basePath?: string;
  /** False for plain http on a machine of one's own: the cookie then goes over http too. */
  readonly secure?: boolean;
}

/** A client on which numbers are connected by Meta's dialog. */
export interface SignupClient {
  /** One tenant's side of it: `wadesk` itself fits. */
  workspace(id: string): { signup(kind: "cloud-api", user: SignupUser): Signup };
}

/** What `POST …/begin` and `POST …` answer: the attempt and, with the first, what the dialog is opened with. */
export type SignupAnswered = SignupAttempt & {
  /** What the dialog is opened with: an address, or what the helper in the browser needs. */
  readonly opening?: unknown;
  /** What comes back with the code. */
  readonly state?: string;
};

interface Desk {
  readonly client: SignupClient;
  readonly options: SignupHandlerOptions;
  readonly cookie: AttemptCookie;
}

/**
 * Makes the handler of the dialog's three requests: `POST /connect/wa-store/waba/begin` begins an attempt, `GET /connect/wa-store/waba` is where the dialog comes
 * back to, and `POST /connect/wa-store/waba` takes the code from the helper in the browser. Each asks `authorize`, and the last two want the cookie of the first.
 * Answers 404 for any other path: mount it at `/connect/wa-store`. Throws `configuration_invalid` for options that cannot work.
 */
export function createSignupHandler(client: SignupClient, options: SignupHandlerOptions): (request: Request) => Promise<Response> {
  checkOptions<SignupHandlerOptions>("createSignupHandler", options, {
    authorize: "function",
    page: "text",
    prefill: "function",
    basePath: "text",
    secure: "flag",
  });
  if (typeof options.authorize !== "function")
    throw optionInvalid("createSignupHandler", "authorize", "must be a function; there is no default that lets anybody in", "required");
  if (typeof options.page !== "string" || options.page === "")
    throw optionInvalid("createSignupHandler", "page", "must be the path of a page of yours", "required");
  if (!/^(\/(?!\/)|https?:\/\/)/.test(options.page))
    throw optionInvalid(
      "createSignupHandler",
      "page",
      'must start with "/", as in "/settings/whatsapp", or be a whole http(s) address',
      "wrong_form",
    );
  const { basePath = "" } = options;
  if (basePath !== "" && !/^\/[^?#\s]*$/.test(basePath))
    throw optionInvalid("createSignupHandler", "basePath", 'must start with "/", as in "/app"', "wrong_form");
  const path = `${basePath.replace(/\/+$/, "")}${RETURN_PATH}`;
  const desk: Desk = { client, options, cookie: attemptCookie(options.secure ?? true) };
  return async (request) => {
    const called = new URL(request.url).pathname.replace(/\/$/, "");
    if (called === path && request.method === "GET") return comeBack(desk, request);
    if (called === path && request.method === "POST") return told(() => finishHere(desk, request));
    if (called === `${path}/begin` && request.method === "POST") return told(() => beginHere(desk, request));
    const message = `this is no path of the signup: it is GET and POST ${path}, and POST ${path}/begin; set basePath where something stands before`;
    return answer({ error: { code: "not_found", message } }, 404);
  };
}

/** Nothing of a signup has more. */
const MOST_BYTES = 16 * 1024;

const FAULTS: Readonly<Record<Extract<ShortObject, { fault: string }>["fault"], string>> = {
  body_too_large: "is too long: nothing of a signup has more than 16 KiB",
  body_read_before: "was read before: mount this handler before the application's body parser, e.g. before express.json()",
  body_cut_off: "ended before it was whole",
  body_invalid: "must be a JSON object",
};

async function readJson(request: Request): Promise<Readonly<Record<string, unknown>>> {
  const read = await readShortObject(request, MOST_BYTES);
  if ("fault" in read) throw new WadeskError("input_invalid", { detail: `the body ${FAULTS[read.fault]}` });
  return read.value;
}

function signupOf({ client }: Desk, { workspaceId, userId }: Authorized): Signup {
  return client.workspace(workspaceId).signup("cloud-api", { userId });
}

async function beginHere(desk: Desk, request: Request): Promise<Response> {
  const who = await authorized(desk, request);
  const { door, features } = (await readJson(request)) as { readonly door?: "url" | "helper"; readonly features?: readonly string[] };
  const prefill = await desk.options.prefill?.(who);
  const wish = { ...(door !== undefined && { door }), ...(features !== undefined && { features }), ...(prefill && { prefill }) };
  const begun = await signupOf(desk, who).begin(wish);
  return answer(begun, 200, await desk.cookie.set(begun.id, begun.state));
}

async function finishHere(desk: Desk, request: Request): Promise<Response> {
  // most of what strangers send ends here: nobody is asked who they are
  if (!desk.cookie.isIn(request)) throw foreignPage(request) === undefined ? new WadeskError("signup_not_found") : NOBODY;
  const who = await authorized(desk, request);
  const { state, code, ...rest } = await readJson(request);
  const begun = typeof state === "string" ? await desk.cookie.idFor(request, state) : undefined;
  if (typeof state !== "string" || begun === undefined) throw new WadeskError("signup_not_found");
  const told = Object.fromEntries(Object.entries(rest).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
  return answer(await signupOf(desk, who).finish(state, typeof code === "string" ? code : "", told), 200, desk.cookie.cleared);
}

/** What Meta says where a person said no. */
const DECLINED = "access_denied";

// whatever comes of it, the browser goes on to an address without code and state
async function comeBack(desk: Desk, request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const state = query.get("state") ?? "";
  // what nobody began in this browser costs a digest; the cookie stays, since it may be of another dialog that is open here
  const id = await desk.cookie.idFor(request, state);
  if (id === undefined) return sent(desk, { problem: "signup_not_found" });
  const who = await desk.options.authorize(request);
  if (who === undefined) return sent(desk, { problem: "not_authorized" });
  const signup = signupOf(desk, who);
  // the dialog itself has failed, as for an app that is not live: the person said nothing
  if (query.has("error_code") || (query.get("error") ?? DECLINED) !== DECLINED) return sent(desk, { signup: id, problem: "dialog_failed" });
  try {
    if (!query.has("error")) return sent(desk, { signup: (await signup.finish(state, query.get("code") ?? "")).id }, "over");
    // one that has its code goes on: anybody can make up such an address
    if ((await signup.read(id)).at !== "code") return sent(desk, { signup: id }, "over");
    await signup.cancel(id);
    return sent(desk, { problem: "signup_declined" }, "over");
  } catch (error) {
    if (!isWadeskError(error)) throw error;
    // the dialog may be gone through once more
    return sent(desk, { ...(error.code !== "signup_not_found" && { signup: id }), problem: error.code });
  }
}

function sent({ options, cookie }: Desk, values: Readonly<Record<string, string>>, dialog?: "over"): Response {
  const [before = "", hash] = options.page.split("#");
  const location = `${before}${before.includes("?") ? "&" : "?"}${new URLSearchParams(values)}${hash === undefined ? "" : `#${hash}`}`;
  return new Response(null, { status: 303, headers: { location, ...(dialog === "over" && { "set-cookie": cookie.cleared }), ...QUIET } });
}

const QUIET = { "cache-control": "no-store", "referrer-policy": "no-referrer" } as const;

async function authorized({ options }: Desk, request: Request): Promise<Authorized> {
  const who = foreignPage(request) === undefined ? await options.authorize(request) : undefined;
  if (who === undefined) throw NOBODY;
  return who;
}

const NOBODY = Symbol("nobody");

async function told(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (error === NOBODY)
      return answer({ error: { code: "not_authorized", message: "sign in, and try again from this application's own page" } }, 401);
    if (!isWadeskError(error)) throw error;
    const { code, message, remedy, issues } = error;
    return answer({ error: { code, message, remedy, ...(issues && { issues }) } }, statusOf(error));
  }
}

// who reads 401 signs the person in anew, which is no help against a vendor that says no
function statusOf({ httpStatus }: WadeskError): number {
  return httpStatus === 401 || httpStatus === 403 ? 422 : httpStatus;
}

function answer(value: unknown, status: number, cookie?: string): Response {
  return Response.json(value, { status, headers: { ...QUIET, ...(cookie !== undefined && { "set-cookie": cookie }) } });
}
