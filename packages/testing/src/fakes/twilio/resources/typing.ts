import { parameter } from "../api/api-request.ts";
import type { Operation } from "../api/call.ts";
import { invalidParameter, notFound } from "../api/twilio-error.ts";

/** `POST /v2/Indicators/Typing.json`: shows the person that somebody types, and marks what they wrote as read. */
export const showTyping: Operation = ({ state, request, account }) => {
  const channel = parameter(request.form, "channel");
  const messageId = parameter(request.form, "messageId");
  if (channel !== "whatsapp") throw invalidParameter("channel", "must be whatsapp");
  if (messageId === undefined || !/^(SM|MM)[0-9a-fA-F]{32}$/.test(messageId)) throw invalidParameter("messageId", "must be a message SID");
  const message = state.received.find((each) => each.sid === messageId && each.accountSid === account.sid);
  if (!message) throw notFound(request.url.pathname);
  message.typingShown = true;
  return { body: { success: true } };
};
