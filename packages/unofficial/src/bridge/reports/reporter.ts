import type { Clock, Logger } from "@wadesk/core";
import { retryDelayMs, sparingLog } from "@wadesk/core/ports";
import { type BridgeReport, MOST_REPORTED, type ReportedEvent } from "../../bridge-protocol/messages/reports.ts";
import type { BridgedNumber } from "../../bridge-protocol/messages/calls.ts";
import { HEADERS, signRequest } from "../../bridge-protocol/signing/sign-request.ts";

/** Brings reports to the app. */
export interface Reporter {
  /**
   * Resolves when the app has the event, however long it is away. Rejects when the app refuses it for good, which says something about the event, or when `signal`
   * is aborted, which says nothing.
   */
  event(event: ReportedEvent, signal: AbortSignal): Promise<void>;
  /** Tries once, and answers whether the app has it: what is not told now is told with the next. */
  numbers(numbers: readonly BridgedNumber[]): Promise<boolean>;
  /** Asks the app by a report of nothing whether it takes what is signed here. */
  ask(): Promise<AppAnswer>;
  /** Whether the app does not take what is to be reported. */
  isWaiting(): boolean;
}

/** What came of asking the app once. */
export interface AppAnswer {
  /** The address that was asked: APP_DOMAIN_NAME with the path of reports. */
  readonly app: string;
  /** `refused` where something answers there that does not take what this bridge signs, `no` where the app is not reached. */
  readonly reached: "yes" | "refused" | "no";
  /** What is so, and what to do, where it is not reached. */
  readonly reason?: string;
}

/** Where and how it reports. */
export interface ReporterTools {
  /** The whole address. */
  readonly app: URL;
  readonly bridge: string;
  readonly secrets: readonly string[];
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly log: Logger;
  readonly randomId: () => string;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Milliseconds that one report may take. */
  readonly timeoutMs: number;
}

interface Waiting {
  readonly event: ReportedEvent;
  readonly bytes: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
  readonly isOver: () => boolean;
}

/** Whether the app has it, refuses it for good, or is to be asked again; `reason` says why, for the log. */
type Answer = { readonly is: "taken" } | { readonly is: "refused" | "later"; readonly reason: string; readonly status?: number };

const PAUSES = { maxAttempts: Number.POSITIVE_INFINITY, firstDelayMs: 500, longestDelayMs: 15_000 };
/** More in one report would come near to what the app reads of a body. */
const MOST_BYTES = 1024 * 1024;
const TELL_MS = 60_000;

/** Makes it. One report of events is under way at a time, so that they arrive in their order. */
export function createReporter(tools: ReporterTools): Reporter {
  const { clock, random } = tools;
  const log = sparingLog(tools.log, clock, TELL_MS);
  const queue: Waiting[] = [];
  let isRunning = false;
  let failures = 0;

  const told = (answer: Answer): Answer => {
    if (answer.is !== "later") {
      if (failures > 0) tools.log.info({ failures }, "the app takes reports again");
      failures = 0;
      return answer;
    }
    failures += 1;
    log.warn({ reason: answer.reason }, "the app does not take reports; they wait here and are brought again");
    return answer;
  };
  const bring = async (batch: readonly Waiting[]): Promise<void> => {
    const id = `rep_${tools.randomId()}`;
    for (;;) {
      const left = batch.filter(({ isOver }) => !isOver());
      if (left.length === 0) return;
      const answer = told(
        await post(tools, left.length === batch.length ? id : `rep_${tools.randomId()}`, { events: left.map(({ event }) => event) }),
      );
      if (answer.is === "taken") return void left.map(({ resolve }) => resolve());
      if (answer.is === "refused" && left.length === 1) return void left.map(({ reject }) => reject(new Error(answer.reason)));
      // one that is refused must not take its neighbours along
      if (answer.is === "refused") {
        for (const each of left) await bring([each]);
        return;
      }
      await new Promise<void>((resolve) => void clock.after(retryDelayMs(failures, random(), PAUSES), resolve, "hold"));
    }
  };
  const run = async (): Promise<void> => {
    // what is due in the same turn goes together
    await undefined;
    while (queue.length > 0) await bring(nextBatch(queue));
    isRunning = false;
  };

  return {
    event(event, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const over = (): void => reject(new Error("the bridge stopped before the app had it"));
      signal.addEventListener("abort", over, { once: true });
      queue.push({ event, bytes: JSON.stringify(event).length, resolve, reject, isOver: () => signal.aborted });
      if (!isRunning) {
        isRunning = true;
        void run();
      }
      return promise.finally(() => signal.removeEventListener("abort", over));
    },
    async numbers(numbers) {
      return told(await post(tools, `rep_${tools.randomId()}`, { numbers })).is === "taken";
    },
    async ask() {
      const answer = await post(tools, `rep_${tools.randomId()}`, { numbers: [] });
      const app = `${tools.app.origin}${tools.app.pathname}`;
      if (answer.is === "taken") return { app, reached: "yes" };
      return { app, reached: answer.status === 401 ? "refused" : "no", reason: answer.reason };
    },
    isWaiting: () => failures > 0,
  };
}

function nextBatch(queue: Waiting[]): readonly Waiting[] {
  let bytes = 0;
  let count = 0;
  for (const each of queue) {
    bytes += each.bytes;
    if (count === MOST_REPORTED || (count > 0 && bytes > MOST_BYTES)) break;
    count += 1;
  }
  return queue.splice(0, count);
}

async function post({ app, bridge, secrets, fetch, clock, timeoutMs }: ReporterTools, id: string, report: BridgeReport): Promise<Answer> {
  const late = new AbortController();
  const cancel = clock.after(timeoutMs, () => late.abort(), "hold");
  try {
    const body = new TextEncoder().encode(JSON.stringify(report));
    const headers = await signRequest({ direction: "report", method: "POST", url: app, bridge, body }, { secrets, id, at: clock.now() });
    const init = {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body,
      redirect: "manual",
      signal: late.signal,
    } as const;
    const response = await fetch(app, init);
    const said = response.ok ? "" : wordsOf(await response.text());
    await response.body?.cancel().catch(() => {});
    if (response.ok && !response.headers.has(HEADERS.version))
      return { is: "later", reason: noApp(app, response.status), status: response.status };
    return answerOf(app, response.status, said);
  } catch (error) {
    const reason = late.signal.aborted ? `it did not answer within ${timeoutMs} ms` : causeOf(error);
    return {
      is: "later",
      reason: `cannot reach this app at ${app.origin}${app.pathname}: ${reason}. Check APP_DOMAIN_NAME, and that the app runs`,
    };
  } finally {
    cancel();
  }
}

function answerOf(app: URL, status: number, said: string): Answer {
  if (status >= 200 && status < 300) return { is: "taken" };
  const reason = `the app answered ${status}${said && `: ${said}`}`;
  const secret = "NODE_WEBHOOK_TOKEN here must equal the shared secret that the app has for this bridge";
  if (status === 401) return { is: "later", reason: `${reason}. ${secret}`, status };
  const isItsOwnFault = status >= 400 && status < 500 && status !== 408 && status !== 429;
  if (isItsOwnFault) return { is: "refused", reason: said === "" ? `${reason}. ${noApp(app, status)}` : reason, status };
  return { is: "later", reason: status < 400 ? `${reason}, a redirect that is not followed. Check APP_DOMAIN_NAME` : reason, status };
}

// a page that answers anything with 200 would otherwise swallow what people wrote
function noApp({ origin, pathname }: URL, status: number): string {
  return `what answers at ${origin}${pathname} is no app with WaDesk's webhook handler (status ${status}). Check APP_DOMAIN_NAME`;
}

// the app's own words, and nothing of what a proxy shows in its place
function wordsOf(text: string): string {
  try {
    const { error } = JSON.parse(text) as { readonly error?: { readonly message?: unknown } };
    return typeof error?.message === "string" ? error.message.slice(0, 300) : "";
  } catch {
    return "";
  }
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return "unknown failure";
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.name;
}
