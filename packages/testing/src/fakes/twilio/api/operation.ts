/** An operation of one of Twilio's three APIs. */
export interface TwilioOperation {
  /** Method and path as in Twilio's specifications; a file's own address and where its bytes lie are in none of them. */
  readonly name: TwilioOperationName;
  /** The host that serves it; on loopback one server serves all, told apart by their paths. */
  readonly host: "api.twilio.com" | "messaging.twilio.com" | "content.twilio.com" | "mms.twiliocdn.com";
}

/** The operations that the fake answers. */
export type TwilioOperationName = (typeof NAMES)[number];

const NAMES = [
  "GET /2010-04-01/Accounts/{Sid}.json",
  "POST /2010-04-01/Accounts/{AccountSid}/Messages.json",
  "GET /2010-04-01/Accounts/{AccountSid}/Messages.json",
  "GET /2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json",
  "GET /2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media.json",
  "GET /2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media/{Sid}.json",
  "DELETE /2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media/{Sid}.json",
  "GET /2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media/{Sid}",
  "GET /{AccountSid}/{Key}",
  "GET /v2/Channels/Senders",
  "GET /v2/Channels/Senders/{Sid}",
  "POST /v2/Channels/Senders/{Sid}",
  "POST /v2/Indicators/Typing.json",
  "GET /v1/Content",
  "GET /v1/Content/{Sid}",
  "GET /v1/Content/{Sid}/ApprovalRequests",
  "GET /v1/ContentAndApprovals",
] as const;

/** Every operation with its host. */
export const TWILIO_OPERATIONS: readonly TwilioOperation[] = NAMES.map((name) => ({ name, host: hostOf(name) }));

/** The hosts of the APIs and of the files. */
export const TWILIO_HOSTS: readonly TwilioOperation["host"][] = [
  "api.twilio.com",
  "messaging.twilio.com",
  "content.twilio.com",
  "mms.twiliocdn.com",
];

function hostOf(name: string): TwilioOperation["host"] {
  const [, path = ""] = name.split(" ");
  if (path.startsWith("/2010-04-01/")) return "api.twilio.com";
  if (path.startsWith("/v2/")) return "messaging.twilio.com";
  return path.startsWith("/v1/") ? "content.twilio.com" : "mms.twiliocdn.com";
}

const PLACE: Readonly<Record<string, string>> = {
  "{Sid}": "([^/.]+)",
  "{AccountSid}": "([^/]+)",
  "{MessageSid}": "([^/]+)",
  "{Key}": "([^/.]+)",
};

const SHAPES = TWILIO_OPERATIONS.map((operation) => {
  const [method = "", path = ""] = operation.name.split(" ");
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const pattern = path.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, (place) => PLACE[place] ?? "([^/]+)");
  // where files lie, paths begin with an account: no other path does
  const whole = operation.host === "mms.twiliocdn.com" ? pattern.replace("/([^/]+)", "/(AC[0-9a-fA-F]{32})") : pattern;
  return { operation, method, names, pattern: new RegExp(`^${whole}$`) };
});

/** What a request's method, host and path name. */
export interface Found {
  /** Undefined where there is no such path, or not with this method. */
  readonly operation: TwilioOperation | undefined;
  /** Whether another method has the path. */
  readonly pathKnown: boolean;
  /** What stands in the path's places, by name. */
  readonly places: Readonly<Record<string, string>>;
}

/** Finds the operation of a request. */
export function findOperation(method: string, url: URL): Found {
  const fitting = SHAPES.filter(({ operation, pattern }) => pattern.test(url.pathname) && servedBy(operation, url.hostname));
  const found = fitting.find((each) => each.method === method);
  const values = found?.pattern.exec(url.pathname)?.slice(1) ?? [];
  const places = Object.fromEntries((found?.names ?? []).map((name, index) => [name, decodeURIComponent(values[index] ?? "")]));
  return { operation: found?.operation, pathKnown: fitting.length > 0, places };
}

function servedBy({ host }: TwilioOperation, hostname: string): boolean {
  return host === hostname || !/(^|\.)twilio(cdn)?\.com$/.test(hostname);
}
