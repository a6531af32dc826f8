import type { SendRequest, SentMessage } from "../api/sending.ts";
import { duringLine } from "../connections/lines/find-line.ts";
import { type Candidate, isOfTheNumber, numbersFor } from "../connections/numbers-for.ts";
import { refuseUnconnected } from "../connections/pick-connection.ts";
import type { Engine } from "../engine/engine.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import { guardedFetch } from "../media/line-media.ts";
import type { Recipient } from "../model/group.ts";
import type { MessageRow, OutboundMessage } from "../model/message.ts";
import { channelOf } from "../ports/installed-channel.ts";
import { lazySchema } from "../ports/schemas/lazy-schema.ts";
import type { Schema } from "../ports/schemas/schema.ts";
import { validate } from "../settings/validate.ts";
import { deliver } from "./deliver.ts";
import { type Brought, bringFiles, mayBring } from "./files/brought-content.ts";
import { holdsNoData } from "./files/with-files.ts";
import { createFingerprints } from "./fingerprint.ts";
import { insert, type Repeatable, rowOf } from "./message-row.ts";
import { readAddressee } from "./recipient.ts";
import { refuseUnsendable } from "./refuse-unsendable.ts";

const requestSchema: Schema<unknown> = lazySchema(() => import("./send-schema.ts").then((file) => file.sendRequestSchema));

/** Sends messages. One per client: it knows which sends are under way, so that a repeat joins instead of asking the vendor again. */
export interface Sender {
  send(workspaceId: string, request: SendRequest): Promise<SentMessage>;
}

/** Makes the sender of one client. */
export function createSender(engine: Engine): Sender {
  const underWay = new Map<string, { readonly fingerprint: string; readonly sending: Promise<SentMessage> }>();
  const fingerprintOf = createFingerprints();
  return {
    async send(workspaceId, request) {
      await validate(requestSchema, request);
      const { replyTo, idempotencyKey, fallback } = request;
      const to = readAddressee(request.to);
      const { content, telling, from } = await ready(engine, workspaceId, request, to);
      const taking = fingerprintOf({ to, content: telling, replyTo });
      const message = {
        id: `msg_${engine.runtime.randomId()}`,
        to,
        content,
        ...(replyTo !== undefined && { replyTo }),
        ...(fallback !== undefined && { fallback }),
      };
      // taken on another thread while it is found out where it goes from
      if (idempotencyKey === undefined) return sendOnce(engine, workspaceId, from, message, { fingerprint: taking });
      const fingerprint = await taking;
      const name = JSON.stringify([workspaceId, idempotencyKey]);
      const other = underWay.get(name);
      if (other !== undefined) {
        if (other.fingerprint !== fingerprint) throw new WadeskError("idempotency_key_reused");
        return other.sending;
      }
      const sending = sendOnce(engine, workspaceId, from, message, { fingerprint: taking, idempotencyKey });
      underWay.set(name, { fingerprint, sending });
      return sending.finally(() => underWay.delete(name));
    },
  };
}

// what tells a message from another is what it says, but of a file at hand its hash: the vendor gives it another id each time
async function ready(
  engine: Engine,
  workspaceId: string,
  { content, from, idempotencyKey, fallback }: SendRequest,
  to: Recipient,
): Promise<Brought> {
  if (holdsNoData(content) && !mayBring(engine, content)) return { content, telling: content, from };
  return bringFiles(engine, { content, to, ...(fallback && { fallback }) }, { workspaceId, from, idempotencyKey });
}

async function sendOnce(
  engine: Engine,
  workspaceId: string,
  from: string | undefined,
  message: Draft,
  repeatable: Repeating,
): Promise<SentMessage> {
  const { messages } = engine.storage;
  const { fingerprint, idempotencyKey } = repeatable;
  const earlier = idempotencyKey === undefined ? undefined : await messages.byIdempotencyKey(workspaceId, idempotencyKey);
  if (earlier !== undefined) return repeat(earlier, await fingerprint);
  const { content } = message;
  if (content === undefined) throw overtaken();
  const numbers = numbersFor(engine, workspaceId, { from, to: message.to });
  let refusal: unknown;
  try {
    for (;;) {
      const next = await numbers.next().catch((error: unknown) => {
        throw refusal ?? error;
      });
      if (next.done) throw refusal;
      try {
        return await sendFrom(engine, next.value, { ...message, content }, repeatable);
      } catch (error) {
        if (!isOfTheNumber(error, next.value)) throw error;
        refusal ??= error;
        const { connection } = next.value;
        engine.runtime.log.info(
          { messageId: message.id, connectionId: connection.id, code: error.code },
          "another number is asked to send it",
        );
      }
    }
  } finally {
    await numbers.return();
  }
}

async function sendFrom(
  engine: Engine,
  { connection, opensChat }: Candidate,
  message: OutboundMessage,
  repeatable: Repeating,
): Promise<SentMessage> {
  refuseUnconnected(engine, connection);
  refuseUnsendable(channelOf(engine.channels, connection.channel), message);
  // before the row: what fails in finding it was surely not sent
  return duringLine(engine, connection, async ({ line, limit }) => {
    const fingerprint = await repeatable.fingerprint;
    const known = await insert(engine, rowOf(engine, connection, message, { ...repeatable, fingerprint }));
    if (known !== undefined) return repeat(known, fingerprint);
    const work = { fetchFile: guardedFetch(engine, limit) };
    return deliver(engine, connection, { ...message, ...(opensChat !== undefined && { opensChat }) }, (whole) => line.send(whole, work));
  });
}

// another send under the same key was there when this one's files were read, and is gone
function overtaken(): WadeskError {
  return new WadeskError("conflict", { detail: "another send under this idempotencyKey ended at this moment" });
}

/** The same as `Repeatable`, while its fingerprint is being taken. */
type Repeating = Omit<Repeatable, "fingerprint"> & { readonly fingerprint: Promise<string> };

/** A message that may have gone out before: then there is nothing to send. */
type Draft = Omit<OutboundMessage, "content"> & Pick<Brought, "content">;

function repeat(known: MessageRow, fingerprint: string): SentMessage {
  if (known.fingerprint !== fingerprint) throw new WadeskError("idempotency_key_reused");
  if (known.receipt !== undefined) return { ...known.receipt, id: known.id, connectionId: known.connectionId };
  throw new WadeskError("outcome_unknown", { detail: `${known.id} was handed to the provider before and its answer is not known yet` });
}
