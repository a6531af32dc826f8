import { isWadeskError } from "@wadesk/core";
import { listOf } from "../cards/card-of.ts";
import { stepOf } from "../cards/step-of.ts";
import type { Desk } from "../desk.ts";
import { personOf } from "../guard/person.ts";
import { readLink } from "../linking/read-link.ts";
import type { DevicesPerson } from "../options.ts";
import { refusal, refused } from "../refusal.ts";
import type { WireEvent } from "../wire/event.ts";
import type { WireLink } from "../wire/link.ts";
import { encodeEvent, HEARTBEAT } from "./encode-event.ts";
import type { News } from "./room.ts";
import type { Rooms } from "./rooms.ts";

/** One stream of live events. */
export interface OpenStream {
  /** Sends a heartbeat, and asks anew whether the person may listen where it was not asked for a minute. */
  beat(now: number): void;
  end(reason: Extract<WireEvent, { readonly type: "end" }>["reason"]): void;
}

/** Who wants to listen, and by which request. */
export interface Wanted {
  readonly request: Request;
  readonly person: DevicesPerson;
  /** How long the list of a snapshot is. */
  readonly limit: number;
}

/** How often `authorize` is asked of a stream, in milliseconds. */
const ASK_EVERY_MS = 60_000;
/** How many events may wait for a browser before its stream is ended: it comes back, and gets a snapshot. */
const MOST_WAITING = 1000;

const HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  // nothing on the way may keep, pack or hold back what is told
  "cache-control": "no-cache, no-store, no-transform",
  "content-encoding": "none",
  "x-accel-buffering": "no",
  "x-content-type-options": "nosniff",
} as const;

/** Opens one; `left` is called once when it ends, by whichever side. */
export async function openStream(
  desk: Desk,
  rooms: Rooms,
  { request, person, limit }: Wanted,
  left: (stream: OpenStream) => void,
): Promise<{ readonly stream: OpenStream; readonly response: Response }> {
  const { client, log } = desk;
  const { workspaceId } = person;
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let askedAt = client.inbound.clock.now();
  let over = false;
  // what is told while a snapshot is made comes after it
  let turn = Promise.resolve();

  const send = (bytes: Uint8Array): void => {
    if (over || controller === undefined) return;
    controller.enqueue(bytes);
    if ((controller.desiredSize ?? 0) < -MOST_WAITING) stream.end("too_slow");
  };
  const sendSnapshot = async (): Promise<void> => {
    const now = client.screen.now();
    const list = listOf(await client.workspace(workspaceId).list({ limit }), now);
    const links = await Promise.all((await rooms.pendingOf(workspaceId)).map((id) => readLink(desk, person, id).catch(unlessGone)));
    send(encodeEvent({ type: "snapshot", list, links: links.filter((each): each is WireLink => each !== undefined) }));
  };
  const sendNews = async (news: News): Promise<void> => {
    if (news.type === "restart") return sendSnapshot();
    if (news.type !== "link") return send(encodeEvent(news));
    const { connectionId, step } = news;
    send(encodeEvent({ type: "step", connectionId, step: await stepOf(step, isShown(step)) }));
  };
  const isShown = (step: object): boolean => person.role === "owner" && "expiresAt" in step && Number(step.expiresAt) > client.screen.now();
  const inTurn = (work: () => Promise<void>): void => {
    turn = turn
      .then(() => (over ? undefined : work()))
      .catch((error: unknown) => {
        log.warn({ reason: String(error) }, "a live screen could not be told what changed; it reads all anew");
        stream.end("too_slow");
      });
  };
  const leave = await rooms.join(workspaceId, (news) => inTurn(() => sendNews(news)));

  const close = (): void => {
    if (over) return;
    over = true;
    request.signal.removeEventListener("abort", close);
    leave();
    left(stream);
  };
  const ask = async (): Promise<void> => {
    const now = await personOf(desk, request).catch(() => undefined);
    const same = now?.workspaceId === workspaceId && now.userId === person.userId && now.role === person.role;
    if (!same) stream.end("not_authorized");
  };
  const stream: OpenStream = {
    beat(now) {
      send(HEARTBEAT);
      if (now - askedAt < ASK_EVERY_MS) return;
      askedAt = now;
      void ask();
    },
    end(reason) {
      if (over) return;
      controller?.enqueue(encodeEvent({ type: "end", reason }));
      close();
      controller?.close();
    },
  };
  const body = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given;
      inTurn(sendSnapshot);
    },
    cancel: close,
  });
  request.signal.addEventListener("abort", close);
  if (request.signal.aborted) close();
  return { stream, response: new Response(body, { headers: HEADERS }) };
}

/** The answer to one more stream than a workspace may have: its screen refreshes by itself instead. */
export function tooManyStreams(): Response {
  return refused(refusal("too_many_streams", 30_000));
}

// a link that ended meanwhile is no longer one
function unlessGone(error: unknown): undefined {
  if (!isWadeskError(error, "connection_not_found")) throw error;
}
