import { isWadeskError, type SignupAnswer, type SignupAttempt, type Wadesk } from "@wadesk/core";
import type { MagpieChannel } from "./magpie.ts";

// #region begin
/** Who is signed in, from your session: never from what the browser sends. */
export interface Visitor {
  readonly workspaceId: string;
  readonly userId: string;
}

const signupOf = (wadesk: Wadesk<MagpieChannel>, { workspaceId, userId }: Visitor) =>
  wadesk.workspace(workspaceId).signup("magpie", { userId });

/** "Connect with Magpie" was pressed: the address to send the browser to. Keep the id in the person's session. */
export async function begin(wadesk: Wadesk<MagpieChannel>, visitor: Visitor): Promise<{ readonly id: string; readonly url: string }> {
  const { id, opening } = await signupOf(wadesk, visitor).begin();
  if (opening.type !== "url") throw new Error("this dialog is opened by a helper in the browser");
  return { id, url: opening.url };
}

/**
 * The browser came back to the attempt of the session: with the state and a code in its address, or with an error where the person said no. Then nothing
 * is kept of it, and the page shows "Connect with Magpie" again.
 */
export async function comeBack(
  wadesk: Wadesk<MagpieChannel>,
  visitor: Visitor,
  id: string,
  query: URLSearchParams,
): Promise<SignupAttempt | undefined> {
  const signup = signupOf(wadesk, visitor);
  if (!query.has("error")) return signup.finish(query.get("state") ?? "", query.get("code") ?? "");
  const attempt = await signup.read(id);
  // it has its code already: this is a link that somebody made up
  if (attempt.at !== "code") return attempt;
  await signup.cancel(id);
  return undefined;
}
// #endregion begin

// #region answer
/** What the person is asked now, as a form would put it. */
export function ask({ at, question, numbers }: SignupAttempt): string {
  if (question?.type === "choose_numbers")
    return `Which numbers? ${question.numbers.map(({ id, label }) => `[ ] ${label} (${id})`).join(" ")}`;
  if (question?.type === "pin") return `The PIN of ${question.number.label}?`;
  if (question?.type === "verification_code") return `The code that was sent by ${question.sentBy ?? "SMS"} to ${question.number.label}?`;
  if (at === "code") return "Go on in Magpie's window.";
  return numbers.map(({ label, state, failure }) => `${label}: ${failure?.message ?? state}`).join("\n");
}

/** The form was sent. */
export async function answer(wadesk: Wadesk<MagpieChannel>, visitor: Visitor, id: string, given: SignupAnswer): Promise<SignupAttempt> {
  const signup = signupOf(wadesk, visitor);
  try {
    return await signup.resume(id, given);
  } catch (error) {
    // it was sent twice, or is another tab's: show where the signup stands
    if (isWadeskError(error, "signup_out_of_turn")) return signup.read(id);
    throw error;
  }
}

/** "Try again" below numbers that failed, and what to call when a process ended in the middle. */
export async function goOn(wadesk: Wadesk<MagpieChannel>, visitor: Visitor, id: string): Promise<SignupAttempt> {
  return signupOf(wadesk, visitor).resume(id);
}
// #endregion answer
