/** The operations that the fake answers, named as in Meta's specification without the version. `debug_token` and what an app is asked are not in that file. */
export type OperationName =
  | "GET /debug_token"
  | "GET /{App-ID}/subscriptions"
  | "GET /{Business-ID}"
  | "GET /{WABA-ID}"
  | "GET /{WABA-ID}/phone_numbers"
  | "GET /{WABA-ID}/message_templates"
  | "GET /{WABA-ID}/subscribed_apps"
  | "POST /{WABA-ID}/subscribed_apps"
  | "DELETE /{WABA-ID}/subscribed_apps"
  | "GET /{Phone-Number-ID}"
  | "POST /{Phone-Number-ID}/messages"
  | "POST /{Phone-Number-ID}/media"
  | "POST /{Phone-Number-ID}/register"
  | "POST /{Phone-Number-ID}/deregister"
  | "GET /{Media-ID}"
  | "DELETE /{Media-ID}"
  | "GET /{Media-URL}";

/** The kinds of nodes a path may begin with. */
export type NodeKind = "app" | "business" | "waba" | "number" | "media";

/** What an operation demands before it runs. */
export interface OperationDemand {
  readonly name: OperationName;
  readonly method: "GET" | "POST" | "DELETE";
  /** Absent where the path begins with no node. */
  readonly node?: NodeKind;
  readonly edge?: string;
  /** One of these scopes is enough; none is asked for where it is empty. */
  readonly scopes: readonly string[];
}

const MANAGE = "whatsapp_business_management";
const MESSAGE = "whatsapp_business_messaging";

/** Every operation with what it demands. Scopes after Meta's guides to each endpoint. */
export const META_OPERATIONS: readonly OperationDemand[] = [
  { name: "GET /debug_token", method: "GET", edge: "debug_token", scopes: [] },
  { name: "GET /{App-ID}/subscriptions", method: "GET", node: "app", edge: "subscriptions", scopes: [] },
  { name: "GET /{Business-ID}", method: "GET", node: "business", scopes: ["business_management", MANAGE] },
  { name: "GET /{WABA-ID}", method: "GET", node: "waba", scopes: [MANAGE] },
  { name: "GET /{WABA-ID}/phone_numbers", method: "GET", node: "waba", edge: "phone_numbers", scopes: [MANAGE] },
  { name: "GET /{WABA-ID}/message_templates", method: "GET", node: "waba", edge: "message_templates", scopes: [MANAGE] },
  { name: "GET /{WABA-ID}/subscribed_apps", method: "GET", node: "waba", edge: "subscribed_apps", scopes: [MANAGE] },
  { name: "POST /{WABA-ID}/subscribed_apps", method: "POST", node: "waba", edge: "subscribed_apps", scopes: [MANAGE] },
  { name: "DELETE /{WABA-ID}/subscribed_apps", method: "DELETE", node: "waba", edge: "subscribed_apps", scopes: [MANAGE] },
  { name: "GET /{Phone-Number-ID}", method: "GET", node: "number", scopes: [MANAGE, MESSAGE] },
  { name: "POST /{Phone-Number-ID}/messages", method: "POST", node: "number", edge: "messages", scopes: [MESSAGE] },
  { name: "POST /{Phone-Number-ID}/media", method: "POST", node: "number", edge: "media", scopes: [MESSAGE] },
  { name: "POST /{Phone-Number-ID}/register", method: "POST", node: "number", edge: "register", scopes: [MANAGE] },
  { name: "POST /{Phone-Number-ID}/deregister", method: "POST", node: "number", edge: "deregister", scopes: [MANAGE] },
  { name: "GET /{Media-ID}", method: "GET", node: "media", scopes: [MESSAGE] },
  { name: "DELETE /{Media-ID}", method: "DELETE", node: "media", scopes: [MESSAGE] },
  { name: "GET /{Media-URL}", method: "GET", edge: "{Media-URL}", scopes: [MESSAGE] },
];
