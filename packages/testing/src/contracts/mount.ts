import { afterEach, describe, expect, it } from "vitest";
import { awkwardBodies } from "./awkward-bodies.ts";
import { exchange, gate, startUpload } from "./upload.ts";

/** A fetch handler and the path it is mounted at. */
export interface MountedHandler {
  /** Below which it is mounted. */
  readonly path: `/${string}`;
  /** The handler. */
  readonly handle: (request: Request) => Promise<Response>;
}

/** An app of the framework, listening on loopback. */
export interface MountHost {
  /** E.g. `http://127.0.0.1:40123`. */
  readonly origin: string;
  /** Ends the app. */
  close(): Promise<void>;
}

/** What surrounds the handlers in one test. */
export interface MountSituation {
  /** The app's own parser has read every body before the handlers see it. */
  readonly bodyEaten: boolean;
}

/** Starts an app with the handlers mounted on a free port of loopback. */
export type OpenMount = (handlers: readonly MountedHandler[], situation: MountSituation) => Promise<MountHost>;

// 16 MB, more than the buffers of both ends take in
const LARGE: readonly string[] = Array.from({ length: 256 }, () => "x".repeat(64 * 1024));

const PATH = "/webhooks/whatsapp/inbound";

/**
 * What every mount promises: a handler sees the request as it was sent, byte for byte, and the client sees the answer as it was given, both
 * streamed. Call it once from the mount's own test file.
 */
export function mountContract(name: string, open: OpenMount): void {
  describe(`${name} keeps the mount contract`, () => {
    const hosts: MountHost[] = [];
    afterEach(async () => {
      await Promise.all(hosts.splice(0).map((host) => host.close()));
    });
    const serve = async (handle: MountedHandler["handle"], more: readonly MountedHandler[] = [], bodyEaten = false): Promise<string> => {
      const host = await open([{ path: PATH, handle }, ...more], { bodyEaten });
      hosts.push(host);
      return host.origin;
    };

    it.each(awkwardBodies())("hands over %s byte for byte", async (_what, body) => {
      const origin = await serve(async (request) => new Response(await request.arrayBuffer()));
      const answer = await fetch(origin + PATH, { method: "POST", body, headers: { "content-type": "application/json" } });
      expect(Buffer.compare(new Uint8Array(await answer.arrayBuffer()), body)).toBe(0);
    });

    it("hands over the URL as it was called, with its query", async () => {
      const origin = await serve(async (request) => new Response(request.url));
      const called = `${origin}${PATH}?hub.mode=subscribe&empty=&q=a%20b+c%27`;
      expect(await (await fetch(called)).text()).toBe(called);
    });

    it.each(["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])("passes %s on", async (method) => {
      const origin = await serve(async (request) => new Response(request.method, { status: 207 }));
      const answer = await fetch(origin + PATH, { method });
      expect([answer.status, await answer.text()]).toEqual([207, method]);
    });

    it("answers HEAD with the status and headers, and no body", async () => {
      const origin = await serve(async (request) => new Response("text", { status: 405, headers: { allow: "GET", was: request.method } }));
      const answer = await fetch(origin + PATH, { method: "HEAD" });
      expect([answer.status, answer.headers.get("allow"), answer.headers.get("was")]).toEqual([405, "GET", "HEAD"]);
      expect(await answer.text()).toBe("");
    });

    it("answers HEAD without waiting for a body that nobody gets", async () => {
      const cancelled = gate<void>();
      const endless = new ReadableStream<Uint8Array>({ cancel: () => cancelled.open() });
      const origin = await serve(async () => new Response(endless, { headers: { "content-type": "text/event-stream" } }));
      expect((await fetch(origin + PATH, { method: "HEAD" })).headers.get("content-type")).toBe("text/event-stream");
      await cancelled.opened;
    });

    it("hands over every value of a header that was sent twice", async () => {
      const origin = await serve(async (request) => new Response(request.headers.get("x-signature")));
      const seen = await exchange(origin + PATH, { headers: { "x-signature": ["one", "two"] }, chunks: ["body"] });
      expect(seen.text).toContain("one, two");
    });

    it("answers several cookies as several headers, beside every other header", async () => {
      const headers = new Headers({ "x-one": "1" });
      for (const cookie of ["a=1; Path=/", "b=2, three"]) headers.append("set-cookie", cookie);
      const origin = await serve(async () => new Response(null, { status: 204, headers }));
      const answer = await fetch(origin + PATH);
      expect(answer.headers.getSetCookie()).toEqual(["a=1; Path=/", "b=2, three"]);
      expect([answer.status, answer.headers.get("x-one")]).toEqual([204, "1"]);
    });

    it("hands over the first bytes of an upload before the last are sent", async () => {
      const first = gate<string>();
      const origin = await serve(async (request) => {
        const reader = request.body?.getReader();
        first.open(new TextDecoder().decode((await reader?.read())?.value));
        const second = await reader?.read();
        return new Response(second?.value);
      });
      const upload = startUpload(origin + PATH);
      upload.write("first");
      expect(await first.opened).toBe("first");
      upload.end("second");
      expect((await upload.answered).text).toContain("second");
    });

    it("sends the first bytes of an answer before the last are there", async () => {
      const rest = gate<string>();
      const origin = await serve(async () => {
        let sent = false;
        return new Response(
          new ReadableStream<Uint8Array>({
            async pull(controller) {
              controller.enqueue(new TextEncoder().encode(sent ? await rest.opened : "first "));
              if (sent) controller.close();
              sent = true;
            },
          }),
        );
      });
      const reader = (await fetch(origin + PATH)).body?.getReader();
      expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("first ");
      rest.open("last");
      expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("last");
    });

    it("sends headers before the first byte of the body is there", async () => {
      const ended = gate<void>();
      const stream = new ReadableStream<Uint8Array>({ cancel: () => ended.open() });
      const origin = await serve(async () => new Response(stream, { headers: { "content-type": "text/event-stream" } }));
      const answer = await fetch(origin + PATH);
      expect(answer.headers.get("content-type")).toBe("text/event-stream");
      await answer.body?.cancel();
      await ended.opened;
    });

    it("answers a body that the handler refuses to read to its end", async () => {
      const origin = await serve(async (request) => {
        const reader = request.body?.getReader();
        await reader?.read();
        await reader?.cancel();
        return new Response("too large", { status: 413 });
      });
      const seen = await exchange(origin + PATH, { chunks: LARGE });
      expect([seen.status, seen.text]).toEqual([413, expect.stringContaining("too large")]);
      expect((await fetch(origin + PATH, { method: "POST", body: "again" })).status).toBe(413);
    });

    it("answers a body that the handler did not read at all", async () => {
      const origin = await serve(async () => new Response("no", { status: 401 }));
      const seen = await exchange(origin + PATH, { chunks: LARGE });
      expect([seen.status, seen.text]).toEqual([401, expect.stringContaining("no")]);
    });

    it("shows a body that a parser has eaten as used, and never as an empty one", async () => {
      const handle = async (request: Request): Promise<Response> => new Response(String(request.bodyUsed));
      const post = { method: "POST", body: '{"a":1}', headers: { "content-type": "application/json" } };
      expect(await (await fetch((await serve(handle)) + PATH, post)).text()).toBe("false");
      expect(await (await fetch((await serve(handle, [], true)) + PATH, post)).text()).toBe("true");
    });

    it("tells the handler when the client hangs up, and cancels the answer", async () => {
      const cancelled = gate<void>();
      const aborted = gate<void>();
      const origin = await serve(async (request) => {
        request.signal.addEventListener("abort", () => aborted.open());
        const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => controller.enqueue(new Uint8Array(1024));
        return new Response(new ReadableStream<Uint8Array>({ pull, cancel: () => cancelled.open() }));
      });
      const hangUp = new AbortController();
      const answer = await fetch(origin + PATH, { signal: hangUp.signal });
      await answer.body?.getReader().read();
      hangUp.abort();
      await Promise.all([cancelled.opened, aborted.opened]);
    });

    it("tells the handler that the client hung up before there was an answer, and serves on", async () => {
      const begun = gate<void>();
      const aborted = gate<void>();
      const origin = await serve(async (request) => {
        if (request.method === "GET") return new Response("alive");
        request.signal.addEventListener("abort", () => aborted.open());
        await request.arrayBuffer();
        begun.open();
        await aborted.opened;
        return new Response("to nobody");
      });
      const hangUp = new AbortController();
      const answer = fetch(origin + PATH, { method: "POST", body: "all of it", signal: hangUp.signal }).catch(() => "gone");
      await begun.opened;
      hangUp.abort();
      await aborted.opened;
      expect([await answer, await (await fetch(origin + PATH)).text()]).toEqual(["gone", "alive"]);
    });

    it("fails the handler's read when an upload breaks off, and serves on", async () => {
      const outcome = gate<string>();
      const begun = gate<void>();
      const origin = await serve(async (request) => {
        if (request.method === "GET") return new Response("alive");
        begun.open();
        await request.arrayBuffer().then(
          () => outcome.open("whole"),
          () => outcome.open("broken"),
        );
        return new Response(null);
      });
      const upload = startUpload(origin + PATH);
      upload.answered.catch(() => undefined);
      upload.write("half of it");
      await begun.opened;
      upload.breakOff();
      expect(await outcome.opened).toBe("broken");
      expect(await (await fetch(origin + PATH)).text()).toBe("alive");
    });

    it("keeps handlers at different paths apart", async () => {
      const told = (text: string) => async (request: Request) => new Response(`${text} ${new URL(request.url).pathname}`);
      const origin = await serve(told("one"), [{ path: "/wadesk/devices", handle: told("two") }]);
      const bodies = await Promise.all([PATH, "/wadesk/devices"].map(async (path) => (await fetch(origin + path)).text()));
      expect(bodies).toEqual([`one ${PATH}`, "two /wadesk/devices"]);
    });

    it("cuts the connection when an answer breaks, instead of ending it as if it were whole", async () => {
      const origin = await serve(async () => {
        let pulls = 0;
        const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
          pulls += 1;
          if (pulls > 1) controller.error(new Error("the source broke"));
          else controller.enqueue(new TextEncoder().encode("half"));
        };
        return new Response(new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 }));
      });
      const answer = await fetch(origin + PATH);
      await expect(answer.text()).rejects.toThrow();
    });
  });
}
