import { isWadeskError, type Platform } from "@wadesk/core";
import { lazySchema } from "@wadesk/core/ports";
import type { z } from "zod";
import type { Desk } from "./desk.ts";
import { fromOwnPage } from "./guard/own-page.ts";
import { lacks, personOf } from "./guard/person.ts";
import { readObject } from "./guard/read-body.ts";
import type { Live } from "./live/live.ts";
import { createLive } from "./live/live.ts";
import { type Refusal, refusal, refusalOf, refused } from "./refusal.ts";
import type { Route } from "./routes/route.ts";
import { placeAt, ROUTES } from "./routes/table.ts";
import { createScriptServer } from "./script/serve-script.ts";
import type { WireIssue } from "./wire/problem.ts";

/** What works behind a handler, loaded with its first request. */
export interface Server {
  /** The answer to a request at a path below the handler's own; nothing where there is nothing. */
  serve(request: Request, path: string, platform: Platform | undefined): Promise<Response | undefined>;
  close(): Promise<void>;
}

/** Makes it. */
export function createServer(desk: Desk): Server {
  const live = createLive(desk);
  const script = createScriptServer();
  return {
    close: live.close,
    async serve(request, path, platform) {
      const found = await script(request, path);
      if (found !== undefined) return found;
      const place = placeAt(path);
      if (place === undefined) return undefined;
      const route = place.byMethod.get(request.method);
      if (route === undefined) return refused(refusal("method_not_allowed", undefined, { allow: [...place.byMethod.keys()].join(", ") }));
      try {
        const told = await perform({ desk, live, route, name: place.name, request, platform });
        return told instanceof Response ? told : refused(told);
      } catch (error) {
        if (isWadeskError(error)) return refused(refusalOf(error));
        desk.log.error({ route: route.id, reason: String(error) }, "a request of the screen could not be answered");
        return refused(refusal("internal"));
      }
    },
  };
}

interface Asked {
  readonly desk: Desk;
  readonly live: Live;
  readonly route: Route;
  readonly name: string;
  readonly request: Request;
  readonly platform: Platform | undefined;
}

// where it comes from, who it is from, what it may, what it says: in this order, so that whoever may not learns nothing of what he sent
async function perform({ desk, live, route, name, request, platform }: Asked): Promise<Response | Refusal> {
  const { client, options } = desk;
  const { publicUrl } = client.inbound;
  const changes = route.method !== "GET";
  const foreign = changes ? fromOwnPage(request, { origins: options.origins, publicUrl }) : undefined;
  if (foreign !== undefined) return foreign;
  const person = await personOf(desk, request);
  if (person === undefined) return refusal("not_authorized");
  const lacking = lacks(person, route.needs);
  if (lacking !== undefined) return lacking;
  const body = changes ? await readObject(request) : { value: {} };
  if (!("value" in body)) return body;
  const query = await checked(route.query, Object.fromEntries(new URL(request.url).searchParams));
  if ("error" in query) return query;
  const brought = await checked(route.body, body.value);
  if ("error" in brought) return brought;
  const document = async (): Promise<object> => {
    const { describe } = await import("./openapi/describe.ts");
    return describe(ROUTES, options.basePath);
  };
  const workspace = client.workspace(person.workspaceId);
  return route.run({ desk, live, request, platform, person, workspace, name, query: query.value, body: brought.value, document });
}

async function checked(schema: z.ZodType | undefined, value: unknown): Promise<{ readonly value: unknown } | Refusal> {
  if (schema === undefined) return { value };
  const result = await lazySchema(async () => schema)["~standard"].validate(value);
  if ("value" in result) return result;
  const issues = result.issues.map(({ path = [], code = "invalid", values, message }): WireIssue => {
    return { field: path.map(String).join("."), code, ...(values && { values }), message };
  });
  const [first] = issues;
  const message = `nothing was changed: ${first === undefined ? "the request is not valid" : `${first.field} ${first.message}`.trim()}`;
  return { status: 400, error: { code: "input_invalid", remedy: "change-request", message, issues } };
}
