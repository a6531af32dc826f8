import { channelOf, type Engine } from "../client/engine.ts";
import type { SendRequest, SentMessage } from "../client/workspace-port.ts";
import { callVendor } from "../connections/call-vendor.ts";
import { connectionContext } from "../connections/contexts.ts";
import { isWadeskError, WadeskError } from "../errors/wadesk-error.ts";
import type { Connection } from "../model/connection.ts";
import type { MessageRow, OutboundMessage, SendReceipt } from "../model/message.ts";
import type { ConnectionContext } from "../ports/context.ts";
import { lazySchema } from "../ports/lazy-schema.ts";
import type { Schema } from "../ports/schema.ts";
import { messageOf } from "../runtime/live.ts";
import { validate } from "../settings/validate.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { pickConnection } from "./pick-connection.ts";
import { readRecipient } from "./recipient.ts";

const requestSchema: Schema<unknown> = lazySchema(() => import("./send-schema.ts").then((file) => file.sendRequestSchema));

/** Sends messages. One per client: it knows which sends are under way, so that a repeat joins instead of asking the vendor again. */
export interface Sender {
  send(workspaceId: string, request: SendRequest): Promise<SentMessage>;
}

/** Makes the sender of one client. */
export function createSender(engine: Engine): Sender {
  const underWay = new Map<string, Promise<SentMessage>>();
  return {
    async send(workspaceId, request) {
      await validate(requestSchema, request);
      const { content, replyTo, idempotencyKey } = request;
      const to = readRecipient(request.to);
      const fingerprint = await fingerprintOf({ to, content, replyTo });
      const earlier =
        idempotencyKey === undefined ? undefined : await engine.storage.messages.byIdempotencyKey(workspaceId, idempotencyKey);
      if (earlier !== undefined) return repeat(earlier, fingerprint, underWay.get(earlier.id));
      const connection = await pickConnection(engine, workspaceId, request.from);
      const channel = channelOf(engine.channels, connection.channel);
      if (!channel.content.has(content.kind)) {
        throw new WadeskError("content_unsupported", { detail: `${channel.kind} cannot send "${content.kind}"` });
      }
      const message = { id: `msg_${engine.runtime.randomId()}`, to, content, ...(replyTo !== undefined && { replyTo }) };
      const row = rowOf(engine, connection, message, { fingerprint, ...(idempotencyKey !== undefined && { idempotencyKey }) });
      // before the row: what fails here was surely not sent
      const context = await connectionContext(engine, connection);
      const known = await engine.storage.messages.insert(row);
      if (known !== undefined) return repeat(known, fingerprint, underWay.get(known.id));
      const sending = deliver(engine, connection, message, context);
      underWay.set(message.id, sending);
      return sending.finally(() => underWay.delete(message.id));
    },
  };
}

type Repeatable = Pick<MessageRow, "fingerprint" | "idempotencyKey">;

function rowOf(engine: Engine, connection: Connection, message: OutboundMessage, repeatable: Repeatable): MessageRow {
  const now = engine.runtime.clock.now();
  const { workspaceId, id: connectionId } = connection;
  return { id: message.id, workspaceId, connectionId, to: message.to, createdAt: now, status: "queued", statusAt: now, ...repeatable };
}

async function repeat(known: MessageRow, fingerprint: string, underWay: Promise<SentMessage> | undefined): Promise<SentMessage> {
  if (known.fingerprint !== fingerprint) throw new WadeskError("idempotency_key_reused");
  if (underWay !== undefined) return underWay;
  if (known.receipt !== undefined) return { ...known.receipt, id: known.id, connectionId: known.connectionId };
  throw new WadeskError("outcome_unknown", { detail: `${known.id} was handed to the provider before and its answer is not known` });
}

type Context = ConnectionContext<unknown, unknown>;

async function deliver(engine: Engine, connection: Connection, message: OutboundMessage, context: Context): Promise<SentMessage> {
  const { workspaceId, id: connectionId } = connection;
  const receipt = await handOver(engine, connection, message, context);
  try {
    await engine.storage.messages.accept(workspaceId, message.id, receipt);
  } catch (error) {
    // it went out: an error here would invite the caller to send it again
    engine.runtime.log.error(
      { messageId: message.id, reason: messageOf(error) },
      "a message was sent, but its receipt could not be stored",
    );
  }
  return { ...receipt, id: message.id, connectionId };
}

async function handOver(engine: Engine, connection: Connection, message: OutboundMessage, context: Context): Promise<SendReceipt> {
  const channel = channelOf(engine.channels, connection.channel);
  try {
    return await callVendor(engine, connection, () => channel.send(connection, message, context));
  } catch (error) {
    if (!isWadeskError(error)) {
      // what a stranger's error carries is not known, so it is neither thrown on nor logged whole
      engine.runtime.log.error({ messageId: message.id, channel: channel.kind, error: nameOf(error) }, "the channel failed while sending");
      throw new WadeskError("outcome_unknown", { detail: nameOf(error) });
    }
    // only a refusal is sure not to have gone out; a lost answer keeps its key, so that nothing is sent twice
    if (error.code !== "outcome_unknown") await engine.storage.messages.forget(connection.workspaceId, message.id);
    throw error;
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
