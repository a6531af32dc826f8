import { mayFollow } from "../../stage/status-order.ts";
import type { TwilioFaults } from "../faults.ts";
import type { ContactState, ContentState, PersonWrites, TwilioMessage, TwilioState, TwilioStatus } from "../state.ts";
import { callbackForm } from "../webhooks/callback-form.ts";
import type { TwilioCourier } from "../webhooks/courier.ts";
import { hasJoined, type Line, windowOpen } from "../world/lines.ts";
import { mediaFailure } from "./media-rules.ts";

/** How long each step takes after the one before, in milliseconds by the fake's clock. */
export interface TwilioPace {
  /** From the answer to `sent`, or to a failure. */
  readonly sentMs: number;
  /** From `sent` to `delivered`; never, where the person's phone is off. */
  readonly deliveredMs: number;
  /** From `delivered` to `read`; left out where the person gives no read receipts. */
  readonly readMs: number;
  /** From then to what a script of the person's answers. */
  readonly replyMs: number;
}

/** What decides about accepted messages. */
export interface FateTools {
  readonly state: TwilioState;
  readonly courier: TwilioCourier;
  readonly faults: TwilioFaults;
  readonly pace: TwilioPace;
  /** A fetch function that was given, for files; undefined leaves the global one, which asks this machine only. */
  readonly fetching: typeof fetch | undefined;
  /** A person answers a number. */
  readonly reply: (line: Line, contact: ContactState, writes: PersonWrites | string) => void;
}

/** What a message's fate depends on beside itself. */
export interface Sending {
  readonly callbackUrl: string | undefined;
  readonly content?: ContentState | undefined;
  readonly mediaUrl?: string | undefined;
  /** Callbacks of one lane arrive in order; by default those of a person and a number. */
  readonly lane?: string;
}

const OPERATION = "POST /2010-04-01/Accounts/{AccountSid}/Messages.json";

/** Codes with which Twilio itself gives up, `failed`; with the others WhatsApp did, `undelivered`. */
const FAILED_CODES: readonly number[] = [30002, 63015, 63018, 63019, 63034, 63038, 63112];

/**
 * Lets an accepted message climb its ladder, or fail as Twilio fails it, with a callback at each step. Resolves when its fate is
 * decided and the callbacks of a pace of 0 are on their way.
 */
export function unfold(tools: FateTools, line: Line, message: TwilioMessage, sending: Sending): Promise<void> {
  const fault = tools.faults.take(["failed_status"], OPERATION);
  const lane = sending.lane ?? `${line.accountSid}|${line.number}|${message.to}`;
  const report = (status: TwilioStatus, code?: number): void => {
    message.status = status;
    message.errorCode = code;
    (message.statuses as { status: TwilioStatus; at: number; code?: number }[]).push({
      status,
      at: tools.state.clock.now(),
      ...(code !== undefined && { code }),
    });
    callBack(tools, line, message, sending.callbackUrl, lane);
  };
  callBack(tools, line, message, sending.callbackUrl, lane);
  tools.state.tellers.set(message.sid, report);
  // a step taken by hand may have overtaken it
  const climbing = (status: TwilioStatus, code?: number): void => {
    if (mayFollow(message.status, status)) report(status, code);
  };
  const decided = fault ? Promise.resolve(fault.code) : failureOf(tools, line, message, sending);
  const work = decided.then((code) => {
    const ending = fault?.status ?? (code !== undefined && FAILED_CODES.includes(code) ? "failed" : "undelivered");
    climb(tools, line, message, climbing, code, ending);
  });
  tools.courier.track(work);
  return work;
}

function climb(
  { state, pace, courier, reply }: FateTools,
  line: Line,
  message: TwilioMessage,
  report: (status: TwilioStatus, code?: number) => void,
  code: number | undefined,
  ending: "failed" | "undelivered",
): void {
  let delay = 0;
  const step = (afterMs: number, work: () => void): void => {
    delay += afterMs;
    if (delay === 0) work();
    else courier.after(delay, work);
  };
  const { contact } = message;
  if (code !== undefined) {
    step(pace.sentMs, () => report(ending, code));
    return;
  }
  step(pace.sentMs, () => report("sent"));
  if (!contact?.reachable) return;
  step(pace.deliveredMs, () => report("delivered"));
  if (contact.reads) step(pace.readMs, () => report("read"));
  step(pace.replyMs, () => {
    if (state.sent.includes(message)) for (const script of contact.scripts) answer(script(message));
  });
  function answer(writes: PersonWrites | string | undefined): void {
    if (contact && writes !== undefined) reply(line, contact, writes);
  }
}

async function failureOf(
  { state, fetching }: FateTools,
  line: Line,
  message: TwilioMessage,
  sending: Sending,
): Promise<number | undefined> {
  const { contact } = message;
  if (isOverTrial(state, message)) return 63038;
  if (line.sandbox && !(contact && hasJoined(state, line.sandbox, contact))) return 63015;
  if (line.sender?.status === "OFFLINE") return 63112;
  if (!contact?.onWhatsApp) return 63024;
  if (contact.blocks) return 63032;
  const { content } = sending;
  if (content && (content.approval === "paused" || content.approval === "disabled")) return content.approval === "paused" ? 63041 : 63042;
  const open = windowOpen(state, line, contact);
  if (!isApproved(line, content) && !(open && !needsApproval(content))) return !open && content?.approval === "rejected" ? 63040 : 63016;
  const [place] = message.parameters.get("PersistentAction") ?? [];
  if (place !== undefined && !/^geo:-?\d+(\.\d+)?,-?\d+(\.\d+)?(\|.*)?$/s.test(place)) return 63021;
  return sending.mediaUrl === undefined ? undefined : mediaFailure(state, sending.mediaUrl, fetching);
}

// of a trial account, with this one among them
const TRIAL_MESSAGES = 50;
const DAY_MS = 86_400_000;

function isOverTrial(state: TwilioState, { accountSid, createdAt }: TwilioMessage): boolean {
  if (state.accounts.get(accountSid)?.type !== "Trial") return false;
  const ofDay = state.sent.filter((each) => each.accountSid === accountSid && createdAt - each.createdAt < DAY_MS);
  return ofDay.length > TRIAL_MESSAGES;
}

// the sandbox has three templates of Twilio's, and none of one's own
function isApproved({ sandbox }: Line, content: ContentState | undefined): boolean {
  return content?.approval === "approved" && sandbox === undefined;
}

function needsApproval(content: ContentState | undefined): boolean {
  return content !== undefined && typeOf(content) === "twilio/carousel";
}

function typeOf({ types }: ContentState): string {
  return Object.keys(types)[0] ?? "";
}

function callBack({ courier, state }: FateTools, line: Line, message: TwilioMessage, url: string | undefined, lane: string): void {
  const account = state.accounts.get(message.accountSid);
  if (url === undefined || !account) return;
  const step = message.statuses.at(-1);
  if (step)
    courier.send({
      url,
      method: "POST",
      kind: "status",
      authToken: account.authToken,
      message,
      fields: callbackForm(line, message, step),
      lane,
    });
}
