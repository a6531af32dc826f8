import type { Authorized } from "@wadesk/core";
import { checkOptions, optionInvalid } from "@wadesk/core/ports";

/** Who a request of the screen is from. A member sees what there is; an owner connects, renames and removes, too. */
export interface DevicesPerson extends Authorized {
  /** An owner may do everything of the workspace's; a member is refused every change with `owner_needed` and sees neither QR nor code. */
  readonly role: "owner" | "member";
}

/**
 * Your word on who a request is from, by your own session: asked on each request, and each minute of a stream of live events with the request that opened it.
 * Nothing for whoever is not signed in. One that answers so fits everywhere where an `Authorize` does.
 */
export type DevicesAuthorize = (request: Request) => DevicesPerson | undefined | Promise<DevicesPerson | undefined>;

/** How the handler of the screen is made. */
export interface DevicesOptions {
  /** Who a request is from. There is no default that lets anybody in. */
  readonly authorize: DevicesAuthorize;
  /** The path in front of the handler's own, as the browser calls it; `/wadesk` when absent. */
  readonly basePath?: string;
  /** The `basePath` of your webhook handler, of which people are told the addresses; `/webhooks` when absent. */
  readonly webhooksPath?: string;
  /** Origins beside the handler's own whose pages may change something, e.g. `https://app.example.com`, for an application that is served elsewhere than its API. */
  readonly origins?: readonly string[];
  /** False for plain http on a machine of one's own: the cookie of a signup then goes over http, too. */
  readonly secure?: boolean;
}

/** The same with what was not given filled in. */
export type ReadOptions = Required<DevicesOptions>;

/** Reads the options. Throws `configuration_invalid` for those that cannot work. */
export function readOptions(options: DevicesOptions): ReadOptions {
  checkOptions<DevicesOptions>(OF, options, {
    authorize: "function",
    basePath: "text",
    webhooksPath: "text",
    origins: "list",
    secure: "flag",
  });
  if (options.authorize === undefined)
    throw optionInvalid(OF, "authorize", "must be a function; there is no default that lets anybody in", "required");
  return {
    authorize: options.authorize,
    basePath: pathOf("basePath", options.basePath ?? "/wadesk"),
    webhooksPath: pathOf("webhooksPath", options.webhooksPath ?? "/webhooks"),
    origins: (options.origins ?? []).map(originOf),
    secure: options.secure ?? true,
  };
}

const OF = "createDevicesHandler";

function pathOf(field: string, path: string): string {
  if (path !== "" && !path.startsWith("/")) throw optionInvalid(OF, field, "must begin with a slash", "wrong_form");
  return path.replace(/\/+$/, "");
}

function originOf(origin: string, index: number): string {
  if (typeof origin === "string" && URL.canParse(origin) && new URL(origin).origin === origin) return origin;
  throw optionInvalid(OF, `origins.${index}`, "must be an origin alone, e.g. https://app.example.com", "wrong_form");
}
