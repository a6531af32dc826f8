import { openDialog } from "./dialog.ts";
import { type SignupOutcome, type SignupStop, stop } from "./outcomes.ts";
import { loadSdk, type SignupPage, whereabouts } from "./page.ts";
import { postTo } from "./server.ts";

/** How a signup is prepared in the browser. */
export interface PrepareSignupOptions {
  /** Where `createSignupHandler` answers on this page's own origin, `/connect/wa-store/waba` by default. */
  readonly path?: string;
  /** What is wanted of the dialog beyond the usual, e.g. `coexistence`. */
  readonly features?: readonly string[];
  /** Of your Content-Security-Policy, for Meta's script. */
  readonly nonce?: string;
  /** The window that the page is in, unless it is this one. */
  readonly page?: SignupPage;
}

/** A dialog that is ready to be opened. */
export interface ReadySignup {
  readonly outcome: "ready";
  /** Of the attempt. Keep it in the page's address or session: by it the server says where the attempt stands. */
  readonly id: string;
  /**
   * Opens Meta's dialog. Call it in a click and await nothing before, or the browser blocks the window. Never rejects. While a dialog is open it answers with that
   * one's end; after one that was left or closed it opens it again, until 15 minutes after it was prepared.
   */
  open(): Promise<SignupOutcome>;
}

// a page loads no library for it
const OPTIONS: readonly (keyof PrepareSignupOptions)[] = ["path", "features", "nonce", "page"];
const LIFE_MS = 15 * 60 * 1000;

/**
 * Begins an attempt and loads Meta's script, so that a click can open the dialog at once: call it when the page is shown. Never rejects with what the network or
 * the server did; rejects with a `TypeError` for an option that there is not, and for a path of another origin, to which no code may go.
 *
 * @example
 * ```ts
 * const signup = await prepareSignup();
 * if (signup.outcome === "ready") button.onclick = () => signup.open().then(show);
 * ```
 */
export async function prepareSignup(options: PrepareSignupOptions = {}): Promise<ReadySignup | SignupStop> {
  const stranger = Object.keys(options).find((name) => !OPTIONS.some((each) => each === name));
  if (stranger !== undefined) throw new TypeError(`prepareSignup: ${stranger} is not an option; there is ${OPTIONS.join(", ")}`);
  const page = options.page ?? (globalThis as unknown as SignupPage);
  const address = new URL(options.path ?? "/connect/wa-store/waba", page.location.href);
  if (address.origin !== page.location.origin) throw new TypeError("prepareSignup: path must be one of this page's own origin");
  const begun = await postTo(page, `${address.href}/begin`, { door: "helper", features: options.features ?? [] });
  if ("stop" in begun) return begun.stop;
  const { id, state, opening } = begun.answer as unknown as Begun;
  const { appId = "", configId = "", version = "", extras = "{}", dialogUrl } = opening.values;
  const expired = new Promise<void>((resolve) => void page.setTimeout(resolve, LIFE_MS));
  const { script, origins } = whereabouts(page, dialogUrl);
  const sdk = await loadSdk(page, script, options.nonce);
  try {
    sdk?.init({ appId, version, autoLogAppEvents: false, xfbml: false });
  } catch {
    return stop("no_sdk");
  }
  if (sdk === undefined) return stop("no_sdk");
  const send = (code: string, told: object) => postTo(page, address.href, { ...told, state, code });
  let running: Promise<SignupOutcome> | undefined;
  return {
    outcome: "ready",
    id,
    open() {
      running ??= openDialog({ page, sdk, configId, extras: JSON.parse(extras), origins, send, expired }).finally(() => {
        running = undefined;
      });
      return running;
    },
  };
}

interface Begun {
  readonly id: string;
  readonly state: string;
  readonly opening: { readonly values: Readonly<Record<string, string>> };
}
