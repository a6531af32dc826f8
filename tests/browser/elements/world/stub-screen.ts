import { createWadesk } from "@wadesk/core";
import { createDevicesHandler, type WireConnection, type WireEvent, type WireLink, type WireSetup } from "@wadesk/devices";
import { unofficial } from "@wadesk/unofficial";
import { ENCRYPTION_KEYS } from "../../../journeys/world/open-world.ts";
import { listOf, setupOf } from "./wire-fixtures.ts";

/** What stands behind a picture. */
export interface Stub {
  items?: readonly WireConnection[];
  channel?: string;
  setup?: Partial<WireSetup>;
  /** How the link stands that is asked for or begun. */
  link?: WireLink;
  /** What refuses every request but the script, e.g. `storage_unavailable`. */
  refuses?: { readonly status: number; readonly code: string };
  /** What refuses to begin a link. */
  refusesLink?: { readonly status: number; readonly code: string };
  /** Whether nothing is answered at all. */
  silent?: boolean;
  /** Whether the stream of events is answered. */
  streams?: boolean;
}

/** A screen's handler that answers as it is told, for pictures of what is hard to come by. */
export interface StubScreen {
  /** To be changed at any time. */
  readonly stub: Stub;
  /** What was asked for, without reads. */
  readonly changes: string[];
  answer(request: Request): Promise<Response>;
  /** Tells every stream. */
  tell(event: WireEvent): void;
  /** Ends every stream. */
  cut(): void;
}

/** Makes one. The script is the real handler's. */
export function stubScreen(stub: Stub = {}): StubScreen {
  const wadesk = createWadesk({ channels: [unofficial()], encryptionKeys: ENCRYPTION_KEYS });
  const real = createDevicesHandler(wadesk, { authorize: () => undefined });
  const streams = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const changes: string[] = [];
  const encode = (event: WireEvent): Uint8Array => new TextEncoder().encode(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  const snapshot = (query: URLSearchParams): WireEvent => {
    const { items = [], channel, link } = stub;
    return {
      type: "snapshot",
      list: listOf(items, new URLSearchParams({ limit: query.get("limit") ?? "50" }), channel),
      links: link ? [link] : [],
    };
  };
  const stream = (query: URLSearchParams): Response => {
    let own: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        own = controller;
        streams.add(controller);
        controller.enqueue(encode(snapshot(query)));
      },
      cancel: () => void (own && streams.delete(own)),
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  };
  const refusal = ({ status, code }: { readonly status: number; readonly code: string }): Response =>
    Response.json({ error: { code, remedy: "retry", message: `refused for ${code}` } }, { status });
  return {
    stub,
    changes,
    tell(event) {
      for (const each of streams) each.enqueue(encode(event));
    },
    cut() {
      for (const each of streams) each.close();
      streams.clear();
    },
    async answer(request) {
      const { pathname, searchParams } = new URL(request.url);
      const path = pathname.replace("/wadesk", "");
      if (path.startsWith("/script")) return real(request);
      if (stub.silent) return new Promise(() => {});
      if (stub.refuses) return refusal(stub.refuses);
      if (request.method !== "GET") changes.push(`${request.method} ${path} ${await request.text()}`);
      if (path === "/setup") return Response.json(setupOf(stub.channel, stub.setup));
      if (path === "/events") return stub.streams === false ? new Response(null, { status: 502 }) : stream(searchParams);
      if (path === "/connections" && request.method === "GET") return Response.json(listOf(stub.items ?? [], searchParams, stub.channel));
      if (path === "/connections" || path.endsWith("/link")) {
        if (request.method === "POST" && stub.refusesLink) return refusal(stub.refusesLink);
        return request.method === "DELETE" ? new Response(null, { status: 204 }) : Response.json(stub.link);
      }
      const item = (stub.items ?? []).find(({ id }) => path.includes(id));
      return request.method === "DELETE" ? new Response(null, { status: 204 }) : Response.json(item);
    },
  };
}
