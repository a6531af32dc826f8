import type { SendRequest, SentMessage } from "../api/workspace.ts";
import { callVendor } from "../connections/call-vendor.ts";
import { duringLine } from "../connections/lines/find-line.ts";
import { pickConnection } from "../connections/pick-connection.ts";
import { rowOf as findConnection } from "../connections/view.ts";
import type { Engine } from "../engine/engine.ts";
import { ERROR_TABLE } from "../errors/error-table.ts";
import { isWadeskError, type VendorDetail, WadeskError } from "../errors/wadesk-error.ts";
import type { Connection } from "../model/connection.ts";
import type { MessageRow, OutboundMessage, SendReceipt } from "../model/message.ts";
import { channelOf } from "../ports/installed-channel.ts";
import type { Line } from "../ports/line.ts";
import { lazySchema } from "../ports/schemas/lazy-schema.ts";
import type { Schema } from "../ports/schemas/schema.ts";
import { messageOf } from "../runtime/live.ts";
import { validate } from "../settings/validate.ts";
import { readTime } from "../time/whole-time.ts";
import { type Brought, bringFiles } from "./brought-content.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { readRecipient } from "./recipient.ts";
import { refuseUnsendable } from "./refuse-unsendable.ts";
import { holdsNoData } from "./with-files.ts";

const requestSchema: Schema<unknown> = lazySchema(() => import("./send-schema.ts").then((file) => file.sendRequestSchema));

/** Sends messages. One per client: it knows which sends are under way, so that a repeat joins instead of asking the vendor again. */
export interface Sender {
  send(workspaceId: string, request: SendRequest): Promise<SentMessage>;
}

/** Makes the sender of one client. */
export function createSender(engine: Engine): Sender {
  const underWay = new Map<string, { readonly fingerprint: string; readonly sending: Promise<SentMessage> }>();
  return {
    async send(workspaceId, request) {
      await validate(requestSchema, request);
      const { replyTo, idempotencyKey } = request;
      const to = readRecipient(request.to);
      const { content, telling, from } = await ready(engine, workspaceId, request);
      const fingerprint = await fingerprintOf({ to, content: telling, replyTo });
      const message = { id: `msg_${engine.runtime.randomId()}`, to, content, ...(replyTo !== undefined && { replyTo }) };
      if (idempotencyKey === undefined) return sendOnce(engine, workspaceId, from, message, { fingerprint });
      const name = JSON.stringify([workspaceId, idempotencyKey]);
      const other = underWay.get(name);
      if (other !== undefined) {
        if (other.fingerprint !== fingerprint) throw new WadeskError("idempotency_key_reused");
        return other.sending;
      }
      const sending = sendOnce(engine, workspaceId, from, message, { fingerprint, idempotencyKey });
      underWay.set(name, { fingerprint, sending });
      return sending.finally(() => underWay.delete(name));
    },
  };
}

// what tells a message from another is what it says, but of a file at hand its hash: the vendor gives it another id each time
async function ready(engine: Engine, workspaceId: string, { content, from, idempotencyKey }: SendRequest): Promise<Brought> {
  if (holdsNoData(content)) return { content, telling: content, from };
  return bringFiles(engine, content, { workspaceId, from, idempotencyKey });
}

async function sendOnce(
  engine: Engine,
  workspaceId: string,
  from: string | undefined,
  message: Draft,
  repeatable: Repeatable,
): Promise<SentMessage> {
  const { messages } = engine.storage;
  const { fingerprint, idempotencyKey } = repeatable;
  const earlier = idempotencyKey === undefined ? undefined : await messages.byIdempotencyKey(workspaceId, idempotencyKey);
  if (earlier !== undefined) return repeat(earlier, fingerprint);
  const connection = await pickConnection(engine, workspaceId, from);
  const { content } = message;
  if (content === undefined) throw overtaken();
  refuseUnsendable(channelOf(engine.channels, connection.channel), content);
  // before the row: what fails in finding it was surely not sent
  return duringLine(engine, connection, async ({ line }) => {
    const known = await insert(engine, rowOf(engine, connection, message, repeatable));
    if (known !== undefined) return repeat(known, fingerprint);
    return deliver(engine, connection, { ...message, content }, line);
  });
}

// another send under the same key was there when this one's files were read, and is gone
function overtaken(): WadeskError {
  return new WadeskError("conflict", { detail: "another send under this idempotencyKey ended at this moment" });
}

async function insert(engine: Engine, row: MessageRow): Promise<MessageRow | undefined> {
  try {
    const known = await engine.storage.messages.insert(row);
    // a connection that was removed after it was picked takes everything of it along, and this row came too late for that
    if (known === undefined) await findConnection(engine, row.workspaceId, row.connectionId);
    return known;
  } catch (error) {
    // it may have been stored all the same, and would then hold its key though nothing was sent
    await forget(engine, row.workspaceId, row.id);
    if (isWadeskError(error, "connection_not_found")) throw error;
    engine.runtime.log.error({ messageId: row.id, reason: messageOf(error) }, "a message could not be stored, and was not sent");
    throw new WadeskError("storage_unavailable");
  }
}

async function forget(engine: Engine, workspaceId: string, id: string): Promise<void> {
  try {
    await engine.storage.messages.forget(workspaceId, id);
  } catch (error) {
    engine.runtime.log.error(
      { messageId: id, reason: messageOf(error) },
      "a message that was not sent could not be forgotten; its idempotencyKey stays taken",
    );
  }
}

/** A message that may have gone out before: then there is nothing to send. */
type Draft = Omit<OutboundMessage, "content"> & Pick<Brought, "content">;

type Repeatable = Pick<MessageRow, "fingerprint" | "idempotencyKey">;

function rowOf(engine: Engine, connection: Connection, message: Draft, repeatable: Repeatable): MessageRow {
  const now = engine.time.now();
  const { workspaceId, id: connectionId } = connection;
  return { id: message.id, workspaceId, connectionId, to: message.to, createdAt: now, status: "queued", statusAt: now, ...repeatable };
}

function repeat(known: MessageRow, fingerprint: string): SentMessage {
  if (known.fingerprint !== fingerprint) throw new WadeskError("idempotency_key_reused");
  if (known.receipt !== undefined) return { ...known.receipt, id: known.id, connectionId: known.connectionId };
  throw new WadeskError("outcome_unknown", { detail: `${known.id} was handed to the provider before and its answer is not known yet` });
}

async function deliver(engine: Engine, connection: Connection, message: OutboundMessage, line: Line): Promise<SentMessage> {
  const { workspaceId, id: connectionId } = connection;
  const receipt = await handOver(engine, connection, message, line);
  try {
    await engine.storage.messages.accept(workspaceId, message.id, receipt);
  } catch (error) {
    // it went out: an error here would invite the caller to send it again
    engine.runtime.log.error(
      { messageId: message.id, reason: messageOf(error) },
      "a message was sent, but its receipt could not be stored",
    );
  }
  try {
    await engine.lastNumbers.note(workspaceId, { contact: message.to, connectionId, at: receipt.acceptedAt });
  } catch (error) {
    engine.runtime.log.warn(
      { messageId: message.id, reason: messageOf(error) },
      "by which number a contact was written to could not be stored",
    );
  }
  return { ...receipt, id: message.id, connectionId };
}

async function handOver(engine: Engine, connection: Connection, message: OutboundMessage, line: Line): Promise<SendReceipt> {
  try {
    const receipt = await callVendor(engine, connection, () => line.send(message));
    return { ...receipt, acceptedAt: readTime(receipt.acceptedAt) ?? engine.time.now() };
  } catch (error) {
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
