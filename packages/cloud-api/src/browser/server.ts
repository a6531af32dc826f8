import type { SignupPage } from "./page.ts";
import { type SignupRefusal, type SignupStop, stop } from "./outcomes.ts";

/** What the server said: an answer, or why there is none. */
export type Said = { readonly answer: Readonly<Record<string, unknown>> } | { readonly stop: SignupStop };

const AGAIN_AFTER_MS: readonly number[] = [500, 2_000];

/**
 * Posts JSON to the signup's handler. Where no answer comes it is posted again, at once enough for a code that lives 30 seconds: the handler takes one code, and
 * answers a repeat with where the attempt stands.
 */
export async function postTo(page: SignupPage, address: string, body: object): Promise<Said> {
  for (let turn = 0; ; turn += 1) {
    const said = await postOnce(page, address, body);
    // a repeat may come after the answer that took the browser's cookie away
    if (said !== undefined && (turn === 0 || !("stop" in said) || !isGone(said.stop))) return said;
    const wait = AGAIN_AFTER_MS[turn];
    if (wait === undefined || said !== undefined) return { stop: stop("unanswered") };
    await new Promise<void>((resolve) => void page.setTimeout(resolve, wait));
  }
}

async function postOnce(page: SignupPage, address: string, body: object): Promise<Said | undefined> {
  try {
    const response = await page.fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      credentials: "same-origin",
      // a code goes to no other address, and goes though the page is left
      redirect: "error",
      keepalive: true,
    });
    const answer = (await response.json()) as { readonly error?: SignupRefusal };
    if (response.ok) return { answer: answer as Readonly<Record<string, unknown>> };
    const { error } = answer;
    return error && { stop: { outcome: "refused", error, text: error.remedy ? `${error.message} ${error.remedy}` : error.message } };
  } catch {
    // what the browser says of it may repeat what was posted
    return undefined;
  }
}

function isGone(stopped: SignupStop): boolean {
  return stopped.outcome === "refused" && stopped.error.code === "signup_not_found";
}
