import { signTwilio } from "../../../signing.ts";
import { errands } from "../../stage/errands.ts";
import { webhookShaping } from "../../stage/webhook-shaping.ts";
import type { TwilioFaults } from "../faults.ts";
import type { TwilioMessage, TwilioState } from "../state.ts";
import { calledUrl, connectionOverrides } from "./connection-overrides.ts";
import { type Outcome, post, type TwilioDelivery } from "./delivery.ts";

/** A webhook to be sent. */
export interface Notice {
  readonly kind: TwilioDelivery["kind"];
  /** As it was configured, with connection overrides. */
  readonly url: string;
  readonly method: string;
  /** Signs; taken when the notice is made, so that a repetition carries the same signature. */
  readonly authToken: string;
  readonly message: TwilioMessage;
  readonly fields: readonly (readonly [string, string])[];
  /** Notices of one lane arrive in order; those of others do not wait for it. */
  readonly lane: string;
  /** Called with the last attempt's outcome. */
  readonly answered?: (outcome: Outcome) => void;
}

/** Brings webhooks to the host. */
export interface TwilioCourier {
  send(notice: Notice): void;
  /** Runs work in the next turn of the event loop; `settled` waits for it. */
  later(work: () => void): void;
  /** Runs work after a time by the fake's clock. */
  after(delayMs: number, work: () => void): void;
  /** Makes `settled` wait for a promise. */
  track(work: Promise<void>): void;
  /** Resolves when the notices of a lane have arrived, or failed for now. */
  arrived(lane: string): Promise<void>;
  /** Resolves when nothing is on its way; what is due for repetition or held does not count. */
  settled(): Promise<void>;
  /** Sends what faults gathered or held. */
  release(): void;
  readonly deliveries: readonly TwilioDelivery[];
  close(): void;
}

/** Where an alert of the debugger comes from: 11205 for no connection, 11200 for an answer that is none. */
const NO_CONNECTION = 11205;
const NO_GOOD_ANSWER = 11200;
// Twilio says how often and how long, not when: 1, 3, 6, 10 and 15 seconds after the first attempt
const RETRY_STEP_MS = 1_000;

/** Makes a courier. `fetch` is looked up at each call, so that a replaced global one counts. */
export function courier(state: TwilioState, faults: TwilioFaults, fetchOf: () => typeof fetch): TwilioCourier {
  const { clock } = state;
  const deliveries: TwilioDelivery[] = [];
  const work = errands(clock);

  const attempt = async (notice: Notice, idempotencyToken: string, count: number, firstAt: number): Promise<void> => {
    if (work.signal.aborted) return;
    const { kind, method } = notice;
    const overrides = connectionOverrides(notice.url);
    const url = calledUrl(notice.url);
    const body = new URLSearchParams(notice.fields.map(([name, value]) => [name, value])).toString();
    const signature = signTwilio({ url, parameters: notice.fields, authToken: notice.authToken });
    const at = clock.now();
    const contentType = `application/x-www-form-urlencoded${kind === "status" ? "; charset=utf-8" : ""}`;
    const patienceMs = Math.min(overrides.readTimeoutMs, Math.max(0, overrides.totalMs - (at - firstAt)));
    const parcel = { url, method, body, signature, idempotencyToken, contentType, patienceMs };
    const outcome = await post(parcel, { clock, fetch: fetchOf(), signal: work.signal });
    if (work.signal.aborted) return;
    deliveries.push({ kind, url, body, signature, idempotencyToken, attempt: count, at, status: outcome.status });
    const delay = RETRY_STEP_MS * count;
    const repeats = outcome.failure !== undefined && overrides.policies.includes(outcome.failure) && count <= overrides.retries;
    if (repeats && clock.now() - firstAt + delay <= overrides.totalMs) {
      work.after(delay, () => work.track(attempt(notice, idempotencyToken, count + 1, firstAt)));
      return;
    }
    if (outcome.failure) alert(notice, url, outcome);
    notice.answered?.(outcome);
  };

  const alert = (notice: Notice, url: string, { status, failure }: Outcome): void => {
    const code = failure === "ct" ? NO_CONNECTION : NO_GOOD_ANSWER;
    const text =
      status === undefined
        ? failure === "ct"
          ? "HTTP connection failure"
          : "HTTP retrieval failure: no answer in time"
        : `HTTP ${status}`;
    state.alerts.push({ code, url, messageSid: notice.message.sid, text, at: clock.now() });
  };

  const token = (): string => [8, 4, 4, 4, 12].map((length) => state.hexadecimal(length)).join("-");
  const send = (notice: Notice): void => work.inLane(notice.lane, () => attempt(notice, token(), 1, clock.now()));

  const { shape, release } = webhookShaping<Notice>({
    take: () => faults.take(["webhooks_held", "webhooks_duplicated", "webhooks_reordered"]),
    send,
    copy: (notice, copies) => {
      const once = token();
      for (let copy = 0; copy < copies; copy += 1) work.track(attempt(notice, once, 1, clock.now()));
    },
    lined: (notices) => notices.map((notice) => ({ ...notice, lane: notices[0]?.lane ?? notice.lane })),
  });

  return {
    deliveries,
    send: shape,
    later: work.later,
    after: work.after,
    track: work.track,
    arrived: (lane) => work.laneDone((each) => each === lane),
    settled: work.settled,
    release,
    close: work.close,
  };
}
