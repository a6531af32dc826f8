import { mayFollow } from "../../stage/status-order.ts";
import type { Faults } from "../faults.ts";
import { type Fields, isFields } from "../graph/rules.ts";
import { MEDIA_TYPES } from "../nodes/media.ts";
import type { ContactState, MetaState, NumberState, PersonMessage, SentMessage, SentStatus } from "../state.ts";
import type { Courier } from "../webhooks/courier.ts";
import { messageValue, statusValue } from "../webhooks/messages-value.ts";
import { charge } from "./price.ts";

/** How long each step takes after the one before, in milliseconds by the fake's clock. */
export interface Pace {
  /** From the answer to `sent`, or to `failed`. */
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
  readonly state: MetaState;
  readonly courier: Courier;
  readonly faults: Faults;
  readonly pace: Pace;
}

const HOUR_MS = 3_600_000;
const WINDOW_MS = 24 * HOUR_MS;
const REACTION_MS = 30 * 24 * HOUR_MS;

// Meta tells the price with the first status and with the first of delivered and read, which is delivered here
const PRICED: readonly string[] = ["sent", "delivered"];

/** Lets an accepted message climb its ladder, or fail as Meta fails it, with a webhook at each step. */
export function unfold(
  tools: FateTools,
  number: NumberState,
  message: SentMessage,
  contact: ContactState | undefined,
  category: string | undefined,
  chain: string = chainOf(number, contact),
): void {
  const { state, courier, faults, pace } = tools;
  const fault = faults.take(["failed_status"], "POST /{Phone-Number-ID}/messages");
  const code = fault?.code ?? failureOf(state, number, message, contact);
  const price = code === undefined ? charge(state, number, contact, category) : undefined;
  // Meta has accepted it, and says nothing more
  if (price?.billable && state.wabas.get(number.wabaId)?.paymentMethod === false) return;
  let delay = 0;
  const step = (afterMs: number, work: () => void): void => {
    delay += afterMs;
    if (delay === 0) work();
    else state.clock.after(delay, work);
  };
  const tell = (status: SentStatus["status"], reason = code): void => {
    const at: SentStatus = { status, at: state.clock.now(), ...(status === "failed" && reason !== undefined && { code: reason }) };
    message.statuses.push(at);
    message.status = status;
    const about = { contact, ...(PRICED.includes(status) && { price }), ...(fault?.details !== undefined && { details: fault.details }) };
    courier.notify({
      wabaId: number.wabaId,
      field: "messages",
      value: statusValue(number, message, at, about),
      chain,
    });
  };
  state.tellers.set(message.id, tell);
  const report = (status: SentStatus["status"]) => (): void => {
    // a step taken by hand has overtaken it
    if (mayFollow(message.status, status)) tell(status);
  };
  if (code !== undefined) {
    step(pace.sentMs, report("failed"));
    return;
  }
  step(pace.sentMs, report("sent"));
  if (!contact?.reachable) return;
  step(pace.deliveredMs, report("delivered"));
  if (contact.reads) step(pace.readMs, report("read"));
  const { type, audio } = message.payload;
  if (contact.reads && type === "audio" && isFields(audio) && audio.voice === true) step(0, report("played"));
  step(pace.replyMs, () => reply(tools, number, message, contact));
}

/** A person writes to a number: the window opens, and the account's apps hear of it. Answers the message's id. */
export function write(tools: FateTools, number: NumberState, contact: ContactState, payload: Fields): string {
  const { state, courier } = tools;
  const at = state.clock.now();
  const id = state.ids.wamid(contact.waId ?? contact.userId, "inbound");
  const message = { id, numberId: number.id, contact, payload, at };
  state.received.push(message);
  contact.wroteAt.set(number.id, at);
  if (isFields(payload.referral)) contact.entries.set(number.id, { at });
  courier.later(() =>
    courier.notify({ wabaId: number.wabaId, field: "messages", value: messageValue(number, message), chain: chainOf(number, contact) }),
  );
  return id;
}

function reply(tools: FateTools, number: NumberState, message: SentMessage, contact: ContactState): void {
  const type = String(message.payload.type ?? "text");
  const seen: PersonMessage = { ...message.payload, id: message.id, type };
  for (const script of contact.scripts) {
    const answer = script(seen);
    if (answer) write(tools, number, contact, answer);
  }
}

function failureOf(state: MetaState, number: NumberState, message: SentMessage, contact: ContactState | undefined): number | undefined {
  if (!contact?.onWhatsApp) return 131026;
  const type = String(message.payload.type ?? "text");
  const wroteAt = contact.wroteAt.get(number.id);
  if (type !== "template" && (wroteAt === undefined || state.clock.now() - wroteAt >= WINDOW_MS)) return 131047;
  const content = message.payload[type];
  if (!isFields(content)) return undefined;
  if (type === "reaction") {
    const at = timeInTalk(state, number, contact, content.message_id);
    return at === undefined || state.clock.now() - at > REACTION_MS ? 131009 : undefined;
  }
  const file = typeof content.id === "string" ? state.media.get(content.id) : undefined;
  const kind = file && MEDIA_TYPES[file.mimeType.split(";")[0]?.trim().toLowerCase() ?? ""]?.kind;
  // any file may go as a document
  return kind !== undefined && type !== "document" && kind !== type ? 131053 : undefined;
}

/** Whether a message id is one of the talk between a number and a person. */
export function belongs(state: MetaState, number: NumberState, contact: ContactState, id: unknown): boolean {
  return timeInTalk(state, number, contact, id) !== undefined;
}

/** When a message of the talk between a number and a person was sent; undefined where there is none. */
function timeInTalk(state: MetaState, number: NumberState, contact: ContactState, id: unknown): number | undefined {
  const sent = state.sent.find(
    (each) => each.id === id && each.numberId === number.id && (each.to.userId === contact.userId || each.to.waId === contact.waId),
  );
  if (sent) return sent.acceptedAt;
  return state.received.find((each) => each.id === id && each.numberId === number.id && each.contact === contact)?.at;
}

function chainOf(number: NumberState, contact: ContactState | undefined): string {
  return `${number.id}|${contact?.userId ?? "nobody"}`;
}
