import type { SentMessage } from "../api/sending.ts";
import { callVendor } from "../connections/call-vendor.ts";
import type { Engine } from "../engine/engine.ts";
import { ERROR_TABLE } from "../errors/error-table.ts";
import { isWadeskError, type VendorDetail, WadeskError } from "../errors/wadesk-error.ts";
import type { Connection } from "../model/connection.ts";
import type { OutboundMessage, SendReceipt } from "../model/message.ts";
import { messageOf } from "../runtime/live.ts";
import { readTime } from "../time/whole-time.ts";
import { forget } from "./message-row.ts";

type Send = (message: OutboundMessage) => Promise<SendReceipt>;

/**
 * Hands a message whose row is stored to the vendor, and stores its receipt. Rejects with `outcome_unknown` where nobody knows whether it went out: then its
 * key stays taken.
 */
export async function deliver(engine: Engine, connection: Connection, message: OutboundMessage, send: Send): Promise<SentMessage> {
  const { workspaceId } = connection;
  const receipt = await handOver(engine, connection, message, send);
  try {
    await engine.storage.messages.accept(workspaceId, message.id, receipt);
  } catch (error) {
    // it went out: an error here would invite the caller to send it again
    engine.runtime.log.error(
      { messageId: message.id, reason: messageOf(error) },
      "a message was sent, but its receipt could not be stored",
    );
  }
  await noteNumber(engine, connection, message, receipt.acceptedAt);
  return { ...receipt, id: message.id, connectionId: connection.id };
}

// in a group nobody speaks with one number
async function noteNumber(engine: Engine, connection: Connection, { id, to }: OutboundMessage, at: number): Promise<void> {
  if (to.groupId !== undefined) return;
  try {
    await engine.lastNumbers.note(connection.workspaceId, { contact: to, connectionId: connection.id, at });
  } catch (error) {
    engine.runtime.log.warn({ messageId: id, reason: messageOf(error) }, "by which number a contact was written to could not be stored");
  }
}

async function handOver(engine: Engine, connection: Connection, message: OutboundMessage, send: Send): Promise<SendReceipt> {
  try {
    const receipt = await callVendor(engine, connection, () => send(message));
    return { ...receipt, acceptedAt: readTime(receipt.acceptedAt) ?? engine.time.now() };
  } catch (error) {
    // it may have gone out, and the next one shall not come from another number
    if (!isWadeskError(error) || error.code === "outcome_unknown") await noteNumber(engine, connection, message, engine.time.now());
    if (!isWadeskError(error)) {
      // what a stranger's error carries is not known, so it is neither thrown on nor logged whole
      engine.runtime.log.error(
        { messageId: message.id, channel: connection.channel, error: nameOf(error) },
        "the channel failed while sending",
      );
      throw outcomeUnknown(message.id, nameOf(error));
    }
    // a lost answer keeps its key, so that nothing is sent twice; only a refusal is sure not to have gone out
    if (error.code === "outcome_unknown") throw outcomeUnknown(message.id, detailOf(error), error.vendor);
    await forget(engine, connection.workspaceId, message.id);
    throw error;
  }
}

function detailOf({ message }: WadeskError): string {
  return message.slice(ERROR_TABLE.outcome_unknown.text.length).replace(/^ \(|\)$/g, "") || "no answer";
}

// names the message: a status that still comes is found on message(id)
function outcomeUnknown(id: string, reason: string, vendor?: VendorDetail): WadeskError {
  return new WadeskError("outcome_unknown", { detail: `message ${id}: ${reason}`, ...(vendor && { vendor }) });
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
