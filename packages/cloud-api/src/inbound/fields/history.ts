import type { HistoryReceived } from "@wadesk/core";
import type { InboundEvent } from "@wadesk/core/ports";
import { readMetaError, toWadeskError } from "../../errors/meta-error.ts";
import { asList, asNumber, asRecord, asText, asTime, present, type Wire } from "../../wire/wire.ts";
import { profileOf, readContact, readPhone } from "../contact.ts";
import { readContent } from "../content/read-content.ts";
import { ofNumber, type Source, unknownEvent } from "../source.ts";

type Past = HistoryReceived["messages"][number];

// the steps of the past; `PENDING` is none
const STEPS: ReadonlyMap<unknown, NonNullable<Past["status"]>> = new Map<string, NonNullable<Past["status"]>>([
  ["SENT", "sent"],
  ["DELIVERED", "delivered"],
  ["READ", "read"],
  ["PLAYED", "played"],
  ["ERROR", "failed"],
]);

/** Reads past conversations of a number that came with its phone app. */
export function readHistory(value: Wire, source: Source, events: InboundEvent[]): void {
  const business = businessOf(value);
  for (const item of asList(value.history)) {
    const chunk = asRecord(item);
    events.push(chunk === undefined ? unknownEvent(source, item, "number") : historyEvent(source, item, readChunk(chunk, business)));
  }
}

/** Reads the files of past messages, which follow the conversations as messages and, where the business sent them, as echoes. */
export const readPastFiles =
  (list: "messages" | "message_echoes") =>
  (value: Wire, source: Source, events: InboundEvent[]): void => {
    const files = asList(value[list]);
    if (files.length === 0) return;
    const echoed = list === "message_echoes";
    events.push(historyEvent(source, files, { messages: readPast(files, { contacts: value.contacts }, businessOf(value), echoed) }));
  };

function businessOf(value: Wire): string | undefined {
  return readPhone(asRecord(value.metadata)?.display_phone_number);
}

function historyEvent(source: Source, raw: unknown, chunk: Omit<HistoryReceived, "raw">): InboundEvent {
  const historyProgress = chunk.failure?.vendor?.code === DECLINED ? "declined" : percentIn(chunk.progress);
  return {
    ...ofNumber(source, raw),
    type: "history.received",
    at: source.at,
    data: { ...chunk, raw },
    ...(historyProgress !== undefined && { facts: { historyProgress } }),
  };
}

/** The business shares no history. */
const DECLINED = 2593109;

function percentIn(progress: number | undefined): number | undefined {
  return progress !== undefined && progress >= 0 && progress <= 100 ? progress : undefined;
}

function readChunk(chunk: Wire, business: string | undefined): Omit<HistoryReceived, "raw"> {
  const metadata = asRecord(chunk.metadata);
  const error = asRecord(asList(chunk.errors)[0]);
  return {
    ...present({
      phase: asNumber(metadata?.phase),
      chunk: asNumber(metadata?.chunk_order),
      progress: asNumber(metadata?.progress),
      failure: error && toWadeskError(readMetaError(error)).toJSON(),
    }),
    messages: asList(chunk.threads).flatMap((item) => {
      const thread = asRecord(item);
      return thread === undefined ? [] : readPast(asList(thread.messages), thread, business);
    }),
  };
}

// a thread names its person in `context`, and a value of files in `contacts`
function readPast(items: readonly unknown[], thread: Wire, business: string | undefined, echoed = false): readonly Past[] {
  return items.flatMap((item): Past[] => {
    const message = asRecord(item);
    const messageId = message && asText(message.id);
    if (message === undefined || messageId === undefined) return [];
    const from = readPhone(message.from);
    const addressed = message.to !== undefined || message.to_user_id !== undefined;
    const fromBusiness = echoed || addressed || (from !== undefined && from === business);
    const context = asRecord(thread.context);
    const other = fromBusiness ? message.to : message.from;
    const userId = (fromBusiness ? message.to_user_id : message.from_user_id) ?? context?.user_id;
    const parentUserId = (fromBusiness ? message.to_parent_user_id : message.from_parent_user_id) ?? context?.parent_user_id;
    const profile = context ?? profileOf(thread.contacts, other, userId, items.length === 1);
    const contact = readContact(other ?? context?.wa_id ?? thread.id, userId, profile, { parentUserId });
    const status = STEPS.get(asRecord(message.history_context)?.status);
    const facts = { messageId, contact, fromBusiness, at: asTime(message.timestamp, 0), content: readContent(message) };
    return [status === undefined ? facts : { ...facts, status }];
  });
}
