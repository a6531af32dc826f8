import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Platform } from "@wadesk/core";
import { type MountHost, mountContract } from "@wadesk/testing/contracts";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type NextMethod, type NextRoute, toNext } from "./next.ts";
import { toNode } from "./node.ts";

type Routes = Readonly<Record<NextMethod, NextRoute>>;

/** Stands for Next.js: looks up the `route.ts` of a path and calls its handler of the method. */
async function listen(files: Readonly<Record<string, Routes>>, bodyEaten = false): Promise<MountHost> {
  const server = createServer(
    toNode(async (request) => {
      const routes = files[new URL(request.url).pathname];
      if (bodyEaten) await request.text();
      return (await routes?.[request.method as NextMethod](request)) ?? new Response(null, { status: 404 });
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

mountContract("toNext", (handlers, { bodyEaten }) =>
  listen(Object.fromEntries(handlers.map(({ path, handle }) => [path, toNext(handle)])), bodyEaten),
);

describe("toNext in a route file at [...path]", () => {
  const seenAt = async (called: string): Promise<string> => {
    const { POST } = toNext(async (request) => new Response(`${new URL(request.url).pathname}${new URL(request.url).search}`));
    // Next.js decodes what stands in the path for itself, in a context of its own
    const params = Promise.resolve({ path: new URL(called).pathname.split("/").map(decodeURIComponent) });
    const answer = await (POST as (request: Request, context: object) => Promise<Response>)(new Request(called, { method: "POST" }), {
      params,
    });
    return answer.text();
  };

  it.each([
    ["a route of its own", "/webhooks/echo/eu"],
    ["a name with percent signs", "/webhooks/echo/a%20b%2Fc"],
    ["a route that `rewrites` leads to, whose address stays as it was called", "/outside/echo/eu?a=1"],
  ])("hands over the path as Next.js has it: %s", async (_what, path) => {
    expect(await seenAt(`http://localhost:3000${path}`)).toBe(path);
  });
});

describe("toNext", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });
  const seenBy = async (options?: Parameters<typeof toNext>[1]): Promise<Platform | undefined> => {
    let seen: Platform | undefined;
    const { POST } = toNext((_request, platform) => {
      seen = platform;
      return new Response(null);
    }, options);
    // Next.js calls with a context of its own, which is no platform
    await (POST as (request: Request, context: object) => Promise<Response>)(new Request("http://localhost/"), { params: {} });
    return seen;
  };
  /** What a host of Next.js leaves for the request that it is running. */
  const host = (name: string, waitUntil: unknown): void => {
    const key = Symbol.for(name) as unknown as string;
    vi.stubGlobal(key, { get: () => ({ waitUntil }) });
  };
  const work = Promise.resolve("done");

  it("exports exactly the methods that a route file may", () => {
    expect(Object.keys(toNext(async () => new Response())).sort()).toEqual(["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]);
  });

  it("hands on no platform where there is none", async () => {
    expect(await seenBy()).toBeUndefined();
  });

  it.each(["@next/request-context", "@vercel/request-context"])("hands work to the host that left %s", async (name) => {
    const waitUntil = vi.fn();
    host(name, waitUntil);
    (await seenBy())?.waitUntil?.(work);
    expect(waitUntil).toHaveBeenCalledExactlyOnceWith(work);
  });

  it("calls the host's waitUntil on its own object", async () => {
    const taken: unknown[] = [];
    const context = {
      taken,
      waitUntil(this: { readonly taken: unknown[] }, given: unknown) {
        this.taken.push(given);
      },
    };
    vi.stubGlobal(Symbol.for("@vercel/request-context") as unknown as string, { get: () => context });
    (await seenBy())?.waitUntil?.(work);
    expect(taken).toEqual([work]);
  });

  it.each([
    ["without waitUntil", { get: () => ({}) }],
    ["outside of a request", { get: () => undefined }],
    ["of another shape", "text"],
  ])("hands on no platform for a request context %s", async (_what, context) => {
    vi.stubGlobal(Symbol.for("@vercel/request-context") as unknown as string, context);
    expect(await seenBy()).toBeUndefined();
  });

  it("prefers `after` of next/server", async () => {
    const waitUntil = vi.fn();
    const after = vi.fn();
    host("@next/request-context", waitUntil);
    (await seenBy({ after }))?.waitUntil?.(work);
    expect(after).toHaveBeenCalledExactlyOnceWith(work);
    expect(waitUntil).not.toHaveBeenCalled();
  });
});
