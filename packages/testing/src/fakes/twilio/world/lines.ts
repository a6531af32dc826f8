import type { AccountState, ContactState, SandboxState, SenderState, TwilioState, TwilioWebhook } from "../state.ts";

/** The number of every account's sandbox. */
export const SANDBOX_NUMBER = "+14155238886";

/** A number that an account can use: a sender of its own, or the sandbox. */
export interface Line {
  readonly accountSid: string;
  readonly number: string;
  readonly installSid: string;
  readonly webhook: TwilioWebhook;
  readonly sandbox: SandboxState | undefined;
  readonly sender: SenderState | undefined;
}

const DAY_MS = 86_400_000;
const JOINED_FOR_MS = 3 * DAY_MS;
const WINDOW_MS = DAY_MS;

/** The line behind an account's number; undefined where the account has none. */
export function lineOf(state: TwilioState, account: AccountState, number: string): Line | undefined {
  const { sandbox } = account;
  if (number === SANDBOX_NUMBER) {
    return { accountSid: account.sid, number, installSid: sandbox.installSid, webhook: sandbox.webhook, sandbox, sender: undefined };
  }
  const sender = state.senders.find((each) => each.number === number && each.accountSid === account.sid);
  return sender && { accountSid: account.sid, number, installSid: sender.sid, webhook: sender.webhook, sandbox: undefined, sender };
}

/** The line that a person reaches by writing to a number: of the sandbox's, the one joined last. */
export function lineReached(state: TwilioState, contact: ContactState, number: string): Line | undefined {
  const joinedAt = (account: AccountState): number =>
    hasJoined(state, account.sandbox, contact) ? (account.sandbox.joined.get(contact) ?? 0) : -1;
  const accounts = [...state.accounts.values()];
  const account =
    number === SANDBOX_NUMBER
      ? accounts.filter((each) => joinedAt(each) >= 0).sort((left, right) => joinedAt(right) - joinedAt(left))[0]
      : state.accounts.get(state.senders.find((sender) => sender.number === number)?.accountSid ?? "");
  return account && lineOf(state, account, number);
}

/**
 * Whether a person is in a sandbox: who joined leaves it after three days.
 * @see https://www.twilio.com/docs/api/errors/63015
 */
export function hasJoined(state: TwilioState, sandbox: SandboxState, contact: ContactState): boolean {
  const at = sandbox.joined.get(contact);
  return at !== undefined && state.clock.now() - at < JOINED_FOR_MS;
}

/** Whether the person wrote to the line within 24 hours. */
export function windowOpen(state: TwilioState, line: Line, contact: ContactState): boolean {
  const wroteAt = contact.wroteAt.get(lineKey(line));
  return wroteAt !== undefined && state.clock.now() - wroteAt < WINDOW_MS;
}

/** Names a line across accounts. */
export function lineKey({ accountSid, number }: Line): string {
  return `${accountSid}|${number}`;
}
