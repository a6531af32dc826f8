/** The operations that the fake answers, named as in Meta's specification without the version. `debug_token` and what an app is asked are not in that file. */
export type OperationName =
  | "GET /debug_token"
  | "GET /{App-ID}/subscriptions"
  | "POST /{App-ID}/subscriptions"
  | "GET /{Business-ID}"
  | "GET /{Business-ID}/owned_whatsapp_business_accounts"
  | "GET /{Business-ID}/client_whatsapp_business_accounts"
  | "GET /{WABA-ID}"
  | "GET /{WABA-ID}/phone_numbers"
  | "GET /{WABA-ID}/message_templates"
  | "POST /{WABA-ID}/message_templates/archive"
  | "POST /{WABA-ID}/message_templates/unarchive"
  | "GET /{WABA-ID}/subscribed_apps"
  | "POST /{WABA-ID}/subscribed_apps"
  | "DELETE /{WABA-ID}/subscribed_apps"
  | "GET /{WABA-ID}/product_catalogs"
  | "POST /{WABA-ID}/product_catalogs"
  | "GET /{Phone-Number-ID}"
  | "POST /{Phone-Number-ID}"
  | "GET /{Phone-Number-ID}/whatsapp_business_profile"
  | "POST /{Phone-Number-ID}/whatsapp_business_profile"
  | "POST /{Phone-Number-ID}/messages"
  | "POST /{Phone-Number-ID}/media"
  | "POST /{Phone-Number-ID}/register"
  | "POST /{Phone-Number-ID}/deregister"
  | "POST /{Phone-Number-ID}/request_code"
  | "POST /{Phone-Number-ID}/verify_code"
  | "POST /{Phone-Number-ID}/smb_app_data"
  | "GET /{Media-ID}"
  | "DELETE /{Media-ID}"
  | "GET /{Media-URL}";

/** The kinds of nodes a path may begin with. */
export type NodeKind = "app" | "business" | "waba" | "number" | "media";

/** What an operation demands before it runs. */
export interface OperationDemand {
  /** The method and the path as Meta's specification has it, with its parameters in braces: what a fault names. */
  readonly name: OperationName;
  /** One that the path takes; another is refused as Meta does. */
  readonly method: "GET" | "POST" | "DELETE";
  /** Absent where the path begins with no node. */
  readonly node?: NodeKind;
  /** What stands behind the node in the path; absent where nothing does. */
  readonly edge?: string;
  /** Where it is asked for: most at `graph.facebook.com`, a few new ones at `api.facebook.com` alone. */
  readonly host?: "api";
  /** One of these scopes is enough; none is asked for where it is empty. */
  readonly scopes: readonly string[];
}

const MANAGE = "whatsapp_business_management";
const MESSAGE = "whatsapp_business_messaging";
const CATALOG = "catalog_management";

/** Every operation with what it demands. Scopes after Meta's guides to each endpoint. */
export const META_OPERATIONS: readonly OperationDemand[] = [
  { name: "GET /debug_token", method: "GET", edge: "debug_token", scopes: [] },
  { name: "GET /{App-ID}/subscriptions", method: "GET", node: "app", edge: "subscriptions", scopes: [] },
  { name: "POST /{App-ID}/subscriptions", method: "POST", node: "app", edge: "subscriptions", scopes: [] },
  { name: "GET /{Business-ID}", method: "GET", node: "business", scopes: ["business_management", MANAGE] },
  {
    name: "GET /{Business-ID}/owned_whatsapp_business_accounts",
    method: "GET",
    node: "business",
    edge: "owned_whatsapp_business_accounts",
    scopes: ["business_management", MANAGE],
  },
  {
    name: "GET /{Business-ID}/client_whatsapp_business_accounts",
    method: "GET",
    node: "business",
    edge: "client_whatsapp_business_accounts",
    scopes: ["business_management", MANAGE],
  },
  { name: "GET /{WABA-ID}", method: "GET", node: "waba", scopes: [MANAGE] },
  { name: "GET /{WABA-ID}/phone_numbers", method: "GET", node: "waba", edge: "phone_numbers", scopes: [MANAGE] },
  { name: "GET /{WABA-ID}/message_templates", method: "GET", node: "waba", edge: "message_templates", scopes: [MANAGE] },
  {
    name: "POST /{WABA-ID}/message_templates/archive",
    method: "POST",
    node: "waba",
    edge: "message_templates/archive",
    host: "api",
    scopes: [MANAGE],
  },
  {
    name: "POST /{WABA-ID}/message_templates/unarchive",
    method: "POST",
    node: "waba",
    edge: "message_templates/unarchive",
    host: "api",
    scopes: [MANAGE],
  },
  { name: "GET /{WABA-ID}/subscribed_apps", method: "GET", node: "waba", edge: "subscribed_apps", scopes: [MANAGE] },
  { name: "POST /{WABA-ID}/subscribed_apps", method: "POST", node: "waba", edge: "subscribed_apps", scopes: [MANAGE] },
  { name: "DELETE /{WABA-ID}/subscribed_apps", method: "DELETE", node: "waba", edge: "subscribed_apps", scopes: [MANAGE] },
  { name: "GET /{WABA-ID}/product_catalogs", method: "GET", node: "waba", edge: "product_catalogs", scopes: [CATALOG] },
  { name: "POST /{WABA-ID}/product_catalogs", method: "POST", node: "waba", edge: "product_catalogs", scopes: [CATALOG] },
  { name: "GET /{Phone-Number-ID}", method: "GET", node: "number", scopes: [MANAGE, MESSAGE] },
  { name: "POST /{Phone-Number-ID}", method: "POST", node: "number", scopes: [MANAGE] },
  {
    name: "GET /{Phone-Number-ID}/whatsapp_business_profile",
    method: "GET",
    node: "number",
    edge: "whatsapp_business_profile",
    scopes: [MANAGE, MESSAGE],
  },
  {
    name: "POST /{Phone-Number-ID}/whatsapp_business_profile",
    method: "POST",
    node: "number",
    edge: "whatsapp_business_profile",
    scopes: [MANAGE, MESSAGE],
  },
  { name: "POST /{Phone-Number-ID}/messages", method: "POST", node: "number", edge: "messages", scopes: [MESSAGE] },
  { name: "POST /{Phone-Number-ID}/media", method: "POST", node: "number", edge: "media", scopes: [MESSAGE] },
  { name: "POST /{Phone-Number-ID}/register", method: "POST", node: "number", edge: "register", scopes: [MANAGE] },
  { name: "POST /{Phone-Number-ID}/deregister", method: "POST", node: "number", edge: "deregister", scopes: [MANAGE] },
  { name: "POST /{Phone-Number-ID}/request_code", method: "POST", node: "number", edge: "request_code", scopes: [MANAGE] },
  { name: "POST /{Phone-Number-ID}/verify_code", method: "POST", node: "number", edge: "verify_code", scopes: [MANAGE] },
  { name: "POST /{Phone-Number-ID}/smb_app_data", method: "POST", node: "number", edge: "smb_app_data", scopes: [MANAGE] },
  { name: "GET /{Media-ID}", method: "GET", node: "media", scopes: [MESSAGE] },
  { name: "DELETE /{Media-ID}", method: "DELETE", node: "media", scopes: [MESSAGE] },
  { name: "GET /{Media-URL}", method: "GET", edge: "{Media-URL}", scopes: [MESSAGE] },
];
