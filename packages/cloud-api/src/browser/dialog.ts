import type { SignupAttempt } from "@wadesk/core";
import { type DialogWord, readWord } from "./message.ts";
import { type SignupOutcome, type SignupTold, stop } from "./outcomes.ts";
import type { FacebookSdk, PageMessage, SignupPage } from "./page.ts";
import type { Said } from "./server.ts";

/** What a dialog is opened with. */
export interface DialogParts {
  readonly page: SignupPage;
  readonly sdk: FacebookSdk;
  readonly configId: string;
  readonly extras: unknown;
  /** Whose messages are heard. */
  readonly origins: readonly string[];
  /** Sends the code to the server, with what was told so far. */
  readonly send: (code: string, told: SignupTold) => Promise<Said>;
  /** Resolves when the attempt is good for no code any more. */
  readonly expired: Promise<void>;
}

// a window's last message may come after the script has seen it closed
const LAST_WORD_WITHIN_MS = 1_500;

/**
 * Opens Meta's dialog, at once: only within a click does a browser allow it. The code is sent as soon as it is there, since it lives 30 seconds; Meta's message
 * may come before or after it, or never.
 */
export function openDialog({ page, sdk, configId, extras, origins, send, expired }: DialogParts): Promise<SignupOutcome> {
  let word: DialogWord | undefined;
  let spoken = (): void => undefined;
  const listen = (event: PageMessage): void => {
    if (!origins.includes(event.origin)) return;
    word = readWord(event.data) ?? word;
    if (word !== undefined) spoken();
  };
  const told = (): SignupTold => (word?.done ? word.told : {});
  const withCode = async (code: string): Promise<SignupOutcome> => {
    const early = word?.done === true;
    const said = await send(code, told());
    if ("stop" in said) return said.stop;
    const message = early ? "with_code" : word?.done ? "after_code" : "missing";
    return { outcome: "finished", attempt: said.answer as unknown as SignupAttempt, told: told(), message };
  };
  const withoutCode = async (): Promise<SignupOutcome> => {
    if (word === undefined) {
      await new Promise<void>((resolve) => {
        spoken = resolve;
        page.setTimeout(resolve, LAST_WORD_WITHIN_MS);
      });
    }
    if (word === undefined) return stop("closed");
    return word.done ? { ...stop("no_code"), told: word.told } : word.stop;
  };
  page.addEventListener("message", listen);
  const ended = new Promise<SignupOutcome>((resolve) => {
    const login = (): void =>
      // Meta's script refuses a callback that is an async function
      sdk.login(
        (response) => {
          const code = response?.authResponse?.code;
          resolve(typeof code === "string" && code !== "" ? withCode(code) : withoutCode());
        },
        { config_id: configId, response_type: "code", override_default_response_type: true, extras },
      );
    try {
      if (isBlocked(page, login)) resolve(stop("blocked"));
    } catch {
      resolve(stop("no_sdk"));
    }
    void expired.then(() => resolve(stop("expired")));
  });
  return ended.finally(() => page.removeEventListener("message", listen));
}

// Meta's script does not say that its window was blocked, and calls back never: what the browser answered it is looked at on the way
function isBlocked(page: SignupPage, login: () => void): boolean {
  const { open } = page;
  let blocked = false;
  page.open = (...given) => {
    const opened = open.apply(page, given);
    blocked = opened === null;
    return opened;
  };
  try {
    login();
  } finally {
    page.open = open;
  }
  return blocked;
}
