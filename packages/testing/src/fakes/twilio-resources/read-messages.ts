import type { TwilioMessage } from "../twilio/state.ts";
import type { Call, Operation } from "../twilio-api/call.ts";
import { cutPage, pageOf2010 } from "../twilio-api/paging.ts";
import { invalidParameter, notFound } from "../twilio-api/twilio-error.ts";
import { messageResource } from "./message-resource.ts";

/** `GET …/Messages/{Sid}.json`. */
export const fetchMessage: Operation = (call) => ({ body: messageResource(messageOf(call, call.places.Sid)) });

/** `GET …/Messages.json`, newest first, narrowed by `To`, `From` and the day of `DateSent`. */
export const listMessages: Operation = (call) => {
  const { state, request, account } = call;
  const { searchParams } = request.url;
  const days = DATES.map(([name, holds]) => dateFilter(searchParams.get(name), name, holds));
  const found = state.messages
    .filter((message) => message.accountSid === account.sid)
    .filter(
      (message) => (searchParams.get("To") ?? message.to) === message.to && (searchParams.get("From") ?? message.from) === message.from,
    )
    .filter((message) => days.every((holds) => holds(message.createdAt)))
    .toReversed();
  return { body: pageOf2010("messages", cutPage(found, request.url), messageResource) };
};

/** A message of the account that the path names. Throws 20404. */
export function messageOf({ state, account, request }: Call, sid: string | undefined): TwilioMessage {
  const message = state.messages.find((each) => each.sid === sid && each.accountSid === account.sid);
  if (!message) throw notFound(request.url.pathname);
  return message;
}

const DATES: readonly (readonly [name: string, holds: (day: string, wanted: string) => boolean])[] = [
  ["DateSent", (day, wanted) => day === wanted],
  ["DateSent<", (day, wanted) => day <= wanted],
  ["DateSent>", (day, wanted) => day >= wanted],
];

function dateFilter(written: string | null, name: string, holds: (day: string, wanted: string) => boolean): (at: number) => boolean {
  if (written === null) return () => true;
  if (!/^\d{4}-\d{2}-\d{2}/.test(written) || Number.isNaN(Date.parse(written))) throw invalidParameter(name, "must be a date");
  return (at) => holds(new Date(at).toISOString().slice(0, 10), written.slice(0, 10));
}
