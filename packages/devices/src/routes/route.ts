import type { AnyChannel, Platform, Workspace } from "@wadesk/core";
import type { z } from "zod";
import type { Desk } from "../desk.ts";
import type { Needs } from "../guard/person.ts";
import type { Live } from "../live/live.ts";
import type { DevicesPerson } from "../options.ts";
import type { Refusal } from "../refusal.ts";

/** One request that may do what it asks for. */
export interface Call<Query, Body> {
  readonly desk: Desk;
  readonly live: Live;
  readonly request: Request;
  readonly platform: Platform | undefined;
  readonly person: DevicesPerson;
  /** The person's own: whatever a request says of a workspace is not looked at. */
  readonly workspace: Workspace<AnyChannel>;
  /** What stands in the path in the place of its one `{name}`; empty where it has none. */
  readonly name: string;
  readonly query: Query;
  readonly body: Body;
  /** How the handler describes itself. */
  readonly document: () => Promise<object>;
}

/** What is done, and what can be said of it to whoever reads the description. */
export interface RouteRow<Query, Body> {
  /** Its name in the description, e.g. `listConnections`. */
  readonly id: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below the handler's own path, with at most one `{name}`. */
  readonly path: `/${string}`;
  readonly needs: Needs;
  readonly summary: string;
  readonly query?: z.ZodType<Query>;
  /** What a change brings; absent where it brings nothing. */
  readonly body?: z.ZodType<Body>;
  /** What it answers when all goes well; `events` for a stream of them, `nothing` for 204. */
  readonly answers: { readonly status: 200 | 202 | 204; readonly schema: z.ZodType | "events" | "nothing" | "document" };
  /** Whether a vendor is asked, which may say no. */
  readonly asksVendor?: true;
  run(call: Call<Query, Body>): Promise<Response | Refusal>;
}

/** One row of the table that everything is read from: the handler, its description, and the test of who may not. */
export interface Route extends Omit<RouteRow<unknown, unknown>, "run"> {
  run(call: Call<unknown, unknown>): Promise<Response | Refusal>;
}

/** A row whose query and body are typed by their schemas, which the handler has them checked by. */
export function route<Query = unknown, Body = unknown>(row: RouteRow<Query, Body>): Route {
  return { ...row, run: (call) => row.run(call as Call<Query, Body>) };
}

/** An answer without a body. */
export function done(): Response {
  return new Response(null, { status: 204, headers: { "cache-control": "no-store" } });
}
