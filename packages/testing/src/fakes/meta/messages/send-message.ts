import { type Call, type GraphAnswer, numberOf } from "../graph/call.ts";
import { graphError, parameterRequired } from "../graph/graph-error.ts";
import { refuseMalformed } from "../graph/graph-request.ts";
import { anything, choice, type Fields, inside, isFields, type Rule, shape, text } from "../graph/rules.ts";
import type { MetaState, NumberState, SentMessage, TemplateState } from "../state.ts";
import { fitTemplate } from "../templates/template-fit.ts";
import { templateRule } from "../templates/template-rules.ts";
import { CONTENT_RULES, refuseBlank } from "./content-rules.ts";
import { belongs, type FateTools, unfold } from "./fate.ts";
import { interactiveRule } from "./interactive-rules.ts";
import { markRead } from "./mark-read.ts";
import { countCallRequest, countPair } from "./pair-rate.ts";
import { type Recipient, readRecipient } from "./recipient.ts";

const RULES: Readonly<Record<string, Rule>> = { ...CONTENT_RULES, interactive: interactiveRule, template: templateRule };
const MEDIA = ["image", "video", "document", "audio", "sticker"];

/** `POST /{Phone-Number-ID}/messages`: every kind of message, and mark-as-read. */
export async function sendMessage(call: Call, tools: FateTools): Promise<GraphAnswer> {
  const number = numberOf(call);
  refuseMalformed(call.request);
  const payload = call.request.body;
  if (payload.messaging_product === undefined) throw parameterRequired("messaging_product");
  choice("whatsapp")(payload.messaging_product, "messaging_product");
  if (payload.status !== undefined) return markRead(call, number, payload);
  const type = checkForm(payload);
  requireWorking(number);
  const recipient = readRecipient(call.state, number, payload);
  requireIdentity(recipient, payload.recipient_identity_key_hash);
  checkReferences(call.state, number, payload, type, recipient);
  const template = type === "template" ? checkTemplate(call, number, payload, recipient) : undefined;
  if (asksForCall(payload)) countCallRequest(call.state, number, recipient);
  countPair(call.state, number, recipient);
  const message = accept(call, number, payload, recipient);
  const category = template?.category.toLowerCase();
  if (tools.faults.take(["status_before_answer"], "POST /{Phone-Number-ID}/messages")) {
    // in a chain of its own: the host may be calling from inside the webhook that the others wait for
    unfold(tools, number, message, recipient.contact, category, message.id);
    await tools.courier.arrived(message.id);
  } else call.afterAnswer(() => unfold(tools, number, message, recipient.contact, category));
  return { body: answerTo(message, recipient, template) };
}

/** The form alone: which keys there are and what they hold. Answers the type. */
function checkForm(payload: Fields): string {
  const type = payload.type === undefined ? "text" : payload.type;
  choice(...Object.keys(RULES))(type, "type");
  const name = String(type);
  const rule = RULES[name] ?? anything;
  shape(
    { messaging_product: text(), [name]: rule },
    {
      recipient_type: text(),
      to: anything,
      recipient: anything,
      type: text(),
      context: shape({ message_id: text({ min: 1 }) }),
      biz_opaque_callback_data: text({ max: 512 }),
      recipient_identity_key_hash: text({ min: 1 }),
      messaging_account_id: text({ min: 1 }),
      access_token: anything,
      appsecret_proof: anything,
    },
  )(payload, "");
  refuseBlank(payload);
  return name;
}

function asksForCall({ interactive }: Fields): boolean {
  return isFields(interactive) && interactive.type === "call_permission_request";
}

function requireWorking(number: NumberState): void {
  if (!number.registered) throw graphError(133010, { details: "The account is not registered." });
  const status = String(number.fields.status ?? "CONNECTED");
  if (["BANNED", "RESTRICTED", "FLAGGED_LOCKED"].includes(status))
    throw graphError(131031, { details: "Business account has been locked." });
}

function requireIdentity({ contact }: Recipient, hash: unknown): void {
  if (hash === undefined || !contact || contact.identityKeyHash === hash) return;
  throw graphError(137000, { details: "Recipient identity key hash provided does not match the one of the recipient." });
}

function checkReferences(state: MetaState, number: NumberState, payload: Fields, type: string, recipient: Recipient): void {
  const { context } = payload;
  if (isFields(context) && !(recipient.contact && belongs(state, number, recipient.contact, context.message_id))) {
    throw graphError(131009, { details: `Param ${inside("context", "message_id")} is not a message of this chat.` });
  }
  const content = payload[type];
  if (!MEDIA.includes(type) || !isFields(content) || typeof content.id !== "string") return;
  const media = state.media.get(content.id);
  if (media?.wabaId !== number.wabaId || media.goneAt <= state.clock.now()) {
    throw graphError(131009, { details: `Param ${inside(type, "id")} is not a media id of this account.` });
  }
}

function checkTemplate(call: Call, number: NumberState, payload: Fields, recipient: Recipient): TemplateState {
  const waba = call.state.wabas.get(number.wabaId);
  if (!waba || !isFields(payload.template)) throw graphError(132001);
  const template = fitTemplate(waba, payload.template);
  if (recipient.scoped && template.category === "AUTHENTICATION") {
    throw graphError(131062, { details: "Authentication templates cannot be sent to a business-scoped user ID." });
  }
  return template;
}

function accept(call: Call, number: NumberState, payload: Fields, recipient: Recipient): SentMessage {
  const { state, caller } = call;
  const { waId, userId } = recipient;
  const { access_token: _token, appsecret_proof: _proof, ...kept } = payload;
  const message: SentMessage = {
    id: state.ids.wamid(waId ?? userId ?? "", "outbound"),
    numberId: number.id,
    wabaId: number.wabaId,
    appId: caller.app.id,
    payload: kept,
    to: { ...(waId !== undefined && { waId }), ...(userId !== undefined && { userId }) },
    acceptedAt: state.clock.now(),
    status: "accepted",
    statuses: [{ status: "accepted", at: state.clock.now() }],
  };
  state.sent.push(message);
  return message;
}

function answerTo(message: SentMessage, recipient: Recipient, template: TemplateState | undefined): object {
  const who = recipient.scoped ? { user_id: recipient.userId } : { wa_id: recipient.waId };
  return {
    messaging_product: "whatsapp",
    contacts: [{ input: recipient.input, ...who }],
    messages: [{ id: message.id, ...(template && { message_status: "accepted" }) }],
  };
}
