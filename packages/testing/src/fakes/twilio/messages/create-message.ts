import { parameter } from "../api/api-request.ts";
import type { ApiAnswer, Call } from "../api/call.ts";
import { twilioError } from "../api/twilio-error.ts";
import { messageResource } from "../resources/message-resource.ts";
import type { TwilioMessage } from "../state.ts";
import { type Line, lineOf } from "../world/lines.ts";
import { contactAt, isRecipient, readAddress } from "./addresses.ts";
import { fitContent } from "./content-fit.ts";
import { type FateTools, unfold } from "./fate.ts";
import { checkForm, mediaUrls } from "./message-form.ts";

const OPERATION = "POST /2010-04-01/Accounts/{AccountSid}/Messages.json";
const WORKING = ["ONLINE", "ONLINE:UPDATING", "OFFLINE"];

/** `POST …/Messages.json`. What only WhatsApp can tell, e.g. that the 24 hours are over, comes later as a failed status. */
export async function createMessage(call: Call, tools: FateTools): Promise<ApiAnswer> {
  const { form } = call.request;
  checkForm(form, call.state.clock.now());
  const line = senderLine(call);
  const to = parameter(form, "To") ?? "";
  const fitted = fitContent(call.state, call.account.sid, form);
  const media = mediaUrls(form);
  const message = newMessage(call.state, line, {
    direction: "outbound-api",
    to,
    body: fitted?.body ?? parameter(form, "Body") ?? "",
    contentSid: fitted?.content.sid,
    // of several files WhatsApp gets the first
    numMedia: fitted?.numMedia ?? Math.min(1, media.length),
    parameters: form,
  });
  const start = (lane?: string): Promise<void> =>
    unfold(tools, line, message, {
      callbackUrl: parameter(form, "StatusCallback") ?? line.webhook.statusCallbackUrl,
      content: fitted?.content,
      mediaUrl: fitted ? undefined : media[0],
      ...(lane !== undefined && { lane }),
    });
  const body = messageResource(message);
  if (tools.faults.take(["status_before_answer"], OPERATION)) {
    // in a lane of its own: the host may be calling from inside the webhook that the others wait for
    await start(message.sid);
    await tools.courier.arrived(message.sid);
  } else call.afterAnswer(() => void start());
  return { status: 201, body };
}

/** Makes a message of a line's, queued, and puts it on record. */
export function newMessage(
  state: Call["state"],
  line: Line,
  about: Pick<TwilioMessage, "direction" | "to" | "body" | "contentSid" | "numMedia" | "parameters">,
): TwilioMessage {
  const createdAt = state.clock.now();
  const message: TwilioMessage = {
    ...about,
    sid: state.sid(about.numMedia > 0 || about.contentSid !== undefined ? "MM" : "SM"),
    accountSid: line.accountSid,
    from: `whatsapp:${line.number}`,
    media: [],
    contact: contactAt(state, readAddress(about.to).value),
    createdAt,
    status: "queued",
    errorCode: undefined,
    statuses: [{ status: "queued", at: createdAt }],
  };
  state.messages.push(message);
  state.sent.push(message);
  return message;
}

function senderLine({ state, account, request }: Call): Line {
  const from = parameter(request.form, "From");
  // this world has no messaging services
  if (from === undefined || parameter(request.form, "MessagingServiceSid") !== undefined) throw twilioError(21701);
  const sender = readAddress(from);
  const recipient = readAddress(parameter(request.form, "To") ?? "");
  if (sender.channel !== recipient.channel) throw twilioError(21910);
  if (sender.channel === "sms") throw twilioError(21606);
  if (!isRecipient(recipient.value)) throw twilioError(21211, { message: `Invalid 'To' Phone Number: ${recipient.value}` });
  const line = sender.channel === "whatsapp" ? lineOf(state, account, sender.value) : undefined;
  if (!line || (line.sender && !WORKING.includes(line.sender.status))) throw twilioError(63007);
  if (sender.value === recipient.value) throw twilioError(63031);
  return line;
}
