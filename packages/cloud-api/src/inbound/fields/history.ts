import type { HistoryReceived, InboundEvent } from "@wadesk/core";
import { readMetaError, toWadeskError } from "../../meta-error.ts";
import { readContact, readPhone } from "../contact.ts";
import { readContent } from "../content/read-content.ts";
import { ofNumber, type Source } from "../source.ts";
import { asList, asNumber, asRecord, asText, asTime, present, type Wire } from "../wire.ts";

type Past = HistoryReceived["messages"][number];

/** Reads past conversations of a number that came with its phone app. Files follow in values of their own, as plain messages. */
export function readHistory(value: Wire, source: Source, events: InboundEvent[]): void {
  const business = readPhone(asRecord(value.metadata)?.display_phone_number);
  for (const item of asList(value.history)) {
    const chunk = asRecord(item);
    if (chunk !== undefined) events.push(historyEvent(source, item, readChunk(chunk, business)));
  }
  const files = asList(value.messages);
  if (files.length > 0) events.push(historyEvent(source, files, { messages: readPast(files, undefined, business) }));
}

function historyEvent(source: Source, raw: unknown, chunk: Omit<HistoryReceived, "raw">): InboundEvent {
  return { ...ofNumber(source, raw), type: "history.received", at: source.at, data: { ...chunk, raw } };
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

function readPast(items: readonly unknown[], thread: Wire | undefined, business: string | undefined): readonly Past[] {
  return items.flatMap((item): Past[] => {
    const message = asRecord(item);
    const messageId = message && asText(message.id);
    if (message === undefined || messageId === undefined) return [];
    const from = readPhone(message.from);
    const fromBusiness = message.to !== undefined || (from !== undefined && from === business);
    const context = asRecord(thread?.context);
    const other = fromBusiness ? message.to : message.from;
    const userId = (fromBusiness ? message.to_user_id : message.from_user_id) ?? context?.user_id;
    const contact = readContact(other ?? context?.wa_id ?? thread?.id, userId);
    return [{ messageId, contact, fromBusiness, at: asTime(message.timestamp, 0), content: readContent(message) }];
  });
}
