import { createFakeTwilio } from "../fakes/twilio/create-fake-twilio.ts";
import type { FakeTwilio, FakeTwilioOptions, TwilioAccount, TwilioContact, TwilioSender } from "../fakes/twilio/fake-twilio.ts";
import { type ManualClock, manualClock } from "../manual-clock.ts";
import type { Answer } from "./open-world.ts";

/** A webhook as the host got it. */
export interface TwilioHeard {
  readonly url: string;
  readonly form: Readonly<Record<string, string>>;
  readonly headers: Headers;
  readonly at: number;
}

/** A fake Twilio with one of everything, for its own tests. */
export interface TwilioWorld {
  readonly time: ManualClock;
  readonly twilio: FakeTwilio;
  readonly account: TwilioAccount;
  readonly sender: TwilioSender;
  /** Approved, with the variables 1 and 2, of which 2 has a value of its own. */
  readonly contentSid: string;
  readonly ana: TwilioContact;
  /** What the host was sent, refused attempts among it. */
  readonly heard: TwilioHeard[];
  /** What was asked of the host by GET, files among it. */
  readonly got: readonly string[];
  /** The host's next answers; empty TwiML once there are none. 0 is no connection. */
  readonly answers: (number | Response)[];
  /** Calls an API; `form` is posted urlencoded, `json` as JSON; `as` is SID and token with a colon, `""` for none. */
  call(url: string, options?: CallOptions): Promise<Answer>;
  /** Sends Ana a message; an `undefined` value takes a parameter away. */
  send(parameters: Readonly<Record<string, string | readonly string[] | undefined>>): Promise<Answer>;
}

/** How {@link TwilioWorld.call} asks. */
export interface CallOptions {
  readonly method?: string;
  readonly form?: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly json?: unknown;
  readonly as?: string;
}

/** Where the test host listens, without a socket. */
export const HOOK = "https://host.example/hook";

/** Opens a world. */
export function openTwilio(options: Omit<FakeTwilioOptions, "clock" | "fetch"> = {}): TwilioWorld {
  const time = manualClock();
  const heard: TwilioHeard[] = [];
  const answers: (number | Response)[] = [];
  const got: string[] = [];
  const host = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    if (request.method === "GET") {
      got.push(request.url);
      return new Response(null, { status: 404 });
    }
    const form = Object.fromEntries(new URLSearchParams(await request.text()));
    heard.push({ url: request.url, form, headers: request.headers, at: time.now() });
    const answer = answers.shift() ?? new Response("<Response/>", { headers: { "content-type": "text/xml" } });
    if (answer === 0) throw new TypeError("fetch failed");
    return typeof answer === "number" ? new Response(null, { status: answer }) : answer;
  };
  const twilio = createFakeTwilio({ ...options, clock: time.clock, fetch: host });
  const account = twilio.addAccount();
  const sender = twilio.addSender({ accountSid: account.sid, number: "+15550100001", webhook: { callbackUrl: HOOK } });
  const types = { "twilio/text": { body: "Order {{1}} comes {{2}}" } };
  const { sid: contentSid } = twilio.addContent({ accountSid: account.sid, types, variables: { 2: "today" } });
  const ana = twilio.addContact({ phone: "+5511999990000", userId: "BR.1A2b3C4d5E" });
  const call: TwilioWorld["call"] = async (url, { method, form, json, as = `${account.sid}:${account.authToken}` } = {}) => {
    const headers = new Headers(as === "" ? {} : { authorization: `Basic ${Buffer.from(as).toString("base64")}` });
    const body = form ? encoded(form) : json === undefined ? undefined : JSON.stringify(json);
    if (form) headers.set("content-type", "application/x-www-form-urlencoded");
    if (json !== undefined) headers.set("content-type", "application/json");
    const request = { method: method ?? (body === undefined ? "GET" : "POST"), headers, ...(body !== undefined && { body }) };
    const response = await twilio.fetch(new Request(url, request));
    const text = await response.text();
    const parsed = response.headers.get("content-type")?.startsWith("application/json") && text !== "" ? JSON.parse(text) : text;
    return { status: response.status, headers: response.headers, body: parsed };
  };
  return {
    time,
    twilio,
    account,
    sender,
    contentSid,
    ana,
    heard,
    got,
    answers,
    call,
    send: (parameters) => call(messagesOf(account.sid), { form: { To: ana.address, From: `whatsapp:${sender.number}`, ...parameters } }),
  };
}

/** The address of an account's messages. */
export function messagesOf(accountSid: string): string {
  return `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages.json`;
}

function encoded(form: NonNullable<CallOptions["form"]>): string {
  const pairs = Object.entries(form).flatMap(([name, value]) => [value ?? []].flat().map((each) => [name, each]));
  return new URLSearchParams(pairs as [string, string][]).toString();
}
