import type { Call, Operation } from "../api/call.ts";
import { addressFilter, dayFilter } from "../api/list-filters.ts";
import { cutPage, pageOf2010 } from "../api/paging.ts";
import { notFound } from "../api/twilio-error.ts";
import type { TwilioMessage } from "../state.ts";
import { messageResource } from "./message-resource.ts";

/** `GET …/Messages/{Sid}.json`. */
export const fetchMessage: Operation = (call) => ({ body: messageResource(messageOf(call, call.places.Sid)) });

/** `GET …/Messages.json`, newest first, narrowed by `To`, `From` and the day of `DateSent`. */
export const listMessages: Operation = (call) => {
  const { state, request, account } = call;
  const query = request.url.searchParams;
  const [to, from, day] = [addressFilter(query, "To"), addressFilter(query, "From"), dayFilter(query, "DateSent")];
  const found = state.messages
    .filter((message) => message.accountSid === account.sid)
    .filter((message) => to(message.to) && from(message.from) && day(message.createdAt))
    .toReversed();
  return { body: pageOf2010("messages", cutPage(found, request.url), messageResource) };
};

/** A message of the account that the path names. Throws 20404. */
export function messageOf({ state, account, request }: Call, sid: string | undefined): TwilioMessage {
  const message = state.messages.find((each) => each.sid === sid && each.accountSid === account.sid);
  if (!message) throw notFound(request.url.pathname);
  return message;
}
