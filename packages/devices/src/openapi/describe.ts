import { z } from "zod";
import type { Route } from "../routes/route.ts";
import { event as events } from "../wire/event.ts";
import { problem } from "../wire/problem.ts";
import { components, refTo } from "./components.ts";

/** OpenAPI 3.1 of these routes, of the schemas by which they are checked. `basePath` is where they are mounted. */
export function describe(routes: readonly Route[], basePath: string): object {
  const paths = [...Map.groupBy(routes, ({ path }) => path)].map(([path, rows]) => [
    path,
    Object.fromEntries(rows.map((row) => [row.method.toLowerCase(), operationOf(row)])),
  ]);
  return {
    openapi: "3.1.1",
    info: {
      title: "WaDesk devices",
      version: "1",
      summary: "Connections, linking, signup and settings of one application",
      description:
        "What is behind the Devices screen. The workspace is that of whoever is signed in, by the application's own session; none is taken from a request. Each change wants `Content-Type: application/json` and a page of the application's own origin. Times are milliseconds since the epoch.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: basePath === "" ? "/" : basePath }],
    security: [{ session: [] }],
    tags: TAGS.map(([name, description]) => ({ name, description })),
    paths: Object.fromEntries(paths),
    components: {
      schemas: components(),
      responses: Object.fromEntries(
        Object.entries(PROBLEMS).map(([status, description]) => [`Problem${status}`, problemAnswer(description)]),
      ),
      securitySchemes: {
        session: {
          type: "apiKey",
          in: "cookie",
          name: "session",
          description: "The application's own session, whatever it is: `authorize` reads it.",
        },
      },
    },
  };
}

const TAGS = [
  ["setup", "What a screen begins with"],
  ["connections", "Linked numbers"],
  ["linking", "Linking a number"],
  ["signup", "Connecting by the vendor's own dialog"],
  ["settings", "What holds for the whole platform"],
] as const;

const PROBLEMS = {
  400: "What was asked for is wrong; `issues` names the fields",
  401: "Nobody is signed in",
  403: "The person may not do this, or the request came from a page of another origin",
  404: "There is no such thing in this workspace",
  409: "It cannot be done as things stand",
  413: "The request is too large",
  415: "The request is no JSON",
  422: "The vendor refused",
  429: "Too often: wait as long as `Retry-After` says",
  500: "It could not be done, and the log says why",
  502: "The vendor did not answer",
  503: "The storage did not answer; nothing was changed",
} as const;

type Status = keyof typeof PROBLEMS;

const NEEDS = {
  member: "For members and owners.",
  owner: "For owners.",
  platform: "For the platform's operator.",
} as const;

function operationOf({ id, method, path, needs, summary, query, body, answers, asksVendor }: Route): object {
  const changes = method !== "GET";
  const problems: readonly Status[] = [
    401,
    ...(changes || query !== undefined ? ([400] as const) : []),
    ...(changes || needs !== "member" ? ([403] as const) : []),
    ...(path.includes("{") || path.startsWith("/signups") ? ([404] as const) : []),
    ...(changes ? ([409, 413, 415] as const) : []),
    ...(asksVendor === true ? ([422, 429, 502] as const) : []),
    ...(answers.schema === "events" ? ([429] as const) : []),
    500,
    503,
  ];
  return {
    operationId: id,
    tags: [tagOf(path)],
    summary,
    description: NEEDS[needs],
    ...parametersOf(path, query),
    ...(body && { requestBody: { required: true, content: { "application/json": { schema: refTo(body) } } } }),
    responses: {
      [answers.status]: answerOf(answers.schema),
      ...Object.fromEntries(problems.map((status) => [status, { $ref: `#/components/responses/Problem${status}` }])),
    },
  };
}

function tagOf(path: string): string {
  if (path.endsWith("/link")) return "linking";
  if (path.startsWith("/connections") || path === "/events") return "connections";
  if (path.startsWith("/signups")) return "signup";
  return path.startsWith("/settings") ? "settings" : "setup";
}

function parametersOf(path: string, query: z.ZodType | undefined): { readonly parameters?: readonly object[] } {
  const [, name] = /\{(\w+)\}/.exec(path) ?? [];
  const inPath = name === undefined ? [] : [{ name, in: "path", required: true, schema: { type: "string" } }];
  const { properties = {} } = query === undefined ? {} : z.toJSONSchema(query, { io: "output" });
  const inQuery = Object.entries(properties).map(([field, schema]) => ({ name: field, in: "query", required: false, schema }));
  const parameters = [...inPath, ...inQuery];
  return parameters.length === 0 ? {} : { parameters };
}

function answerOf(schema: Route["answers"]["schema"]): object {
  if (schema === "nothing") return { description: "Done" };
  if (schema === "document") return { description: "OpenAPI 3.1", content: { "application/json": { schema: { type: "object" } } } };
  if (schema === "events") {
    const { $ref } = refTo(events);
    return {
      description: "Server-sent events, each with its `type` as the name and all of it as JSON",
      content: { "text/event-stream": { schema: { type: "string", contentSchema: { $ref } } } },
    };
  }
  return { description: "As asked for", content: { "application/json": { schema: refTo(schema) } } };
}

function problemAnswer(description: string): object {
  return { description, content: { "application/json": { schema: refTo(problem) } } };
}
