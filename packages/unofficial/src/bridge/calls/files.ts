import { FILE_HEADERS, type FileTold, writeHeader } from "../../bridge-protocol/files/file-header.ts";
import { openedFile, sealedFile } from "../../bridge-protocol/files/sealed-file.ts";
import { readTicket } from "../../bridge-protocol/files/ticket.ts";
import type { DownloadCall } from "../../bridge-protocol/messages/calls.ts";
import { failureOf } from "../../bridge-protocol/messages/failure.ts";
import { type Refusal, refusal } from "../../bridge-protocol/signing/refusal.ts";
import type { CallTools } from "./do-call.ts";
import type { FirstOutcomes, Outcome } from "./first-outcomes.ts";
import { linkedNumber } from "./numbers.ts";

/** How long a file may stand still here, in milliseconds: far longer than in the app, whose word it is to give one up. */
const IDLE_MS = 5 * 60_000;

/** What files are moved with. */
export interface FileTools extends Pick<CallTools, "bridge" | "secrets" | "client"> {
  readonly outcomes: Pick<FirstOutcomes, "isFirst">;
}

/** Brings the file of a request to WhatsApp, as its ticket says; once. It goes there when its end has come and is signed. */
export async function answerUpload(
  { bridge, secrets, client, outcomes }: FileTools,
  { headers, body, signal }: Pick<Request, "headers" | "body" | "signal">,
): Promise<Outcome | Refusal> {
  const text = headers.get(FILE_HEADERS.ticket);
  const read = await readTicket(text, { bridge, secrets, now: client.now() });
  if ("refused" in read) return read.refused;
  const { id: ticketId, route, mimeType, fileName, kind, sizeBytes } = read.ticket;
  const first = await outcomes.isFirst({ bridge, id: ticketId, print: "upload" });
  if (first !== true) return refusal("id_reused", "This ticket was used before. Ask for another one: each brings one file.");
  const { id: from, workspaceId } = await linkedNumber(client, route);
  const told = [text ?? ""];
  const { media } = await client.wadesk.workspace(workspaceId).media.upload({
    data: openedFile(body ?? new ReadableStream(), { direction: "upload", bridge, told, secrets }, sizeBytes),
    mimeType,
    from,
    idleMs: IDLE_MS,
    signal,
    ...(fileName !== undefined && { fileName }),
    ...(kind !== undefined && { kind }),
  });
  return { status: 200, body: JSON.stringify({ id: media.id }) };
}

/** A file of a number, read from WhatsApp as it is read here. */
export async function downloadStream(
  { bridge, secrets, client }: FileTools,
  callId: string,
  { route, id }: DownloadCall,
  signal: AbortSignal,
): Promise<Response> {
  const { id: from, workspaceId } = await linkedNumber(client, route);
  // how much is too much is the app's to say
  const limits = { maxBytes: Number.MAX_SAFE_INTEGER, idleMs: IDLE_MS };
  const { stream, ...told } = await client.wadesk.workspace(workspaceId).media.download({ id }, { from, signal, ...limits });
  const header = writeHeader(told satisfies FileTold);
  const seal = { direction: "download", bridge, told: [callId, header], secrets } as const;
  const headers = { "content-type": "application/octet-stream", "cache-control": "no-store", [FILE_HEADERS.file]: header };
  return new Response(
    sealedFile(stream, seal, (error) => failureOf(error).failure),
    { headers },
  );
}
