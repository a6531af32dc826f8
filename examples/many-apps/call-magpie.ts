import { type FieldIssue, WadeskError } from "@wadesk/core";
import {
  askVendor,
  type ChannelContext,
  codeOfStatus,
  errorRow,
  type Lost,
  leavesOpen,
  readObject,
  transportError,
  type VendorErrorRow,
  vendorError,
} from "@wadesk/core/ports";
import type { MagpieApp, MagpieSettings } from "./apps.ts";

/** One call of an app's API at Magpie. */
export interface MagpieCall {
  readonly app: string;
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: readonly string[];
  /** A line's token; the app's newest secret when absent. */
  readonly token?: string;
  readonly body?: object;
  /** What it means that no answer came; `provider_unavailable` when absent. */
  readonly lost?: Lost;
}

/** What a channel's context has for it. */
export type CallContext = Pick<ChannelContext<MagpieSettings>, "fetch" | "settings"> & { readonly signal?: AbortSignal };

const ERRORS: ReadonlyMap<unknown, VendorErrorRow> = new Map([
  ["bad_secret", errorRow("credentials_rejected", "copy the app's secret from Magpie's console again")],
]);

// what the person brought is wrong: it is said at its field, and nothing is to be reconnected
const WRONG: ReadonlyMap<unknown, FieldIssue> = new Map([
  ["bad_code", { field: "code", code: "unusable", message: "was used or has ended; go through Magpie's dialog once more" }],
  ["bad_pin", { field: "answer.pin", code: "wrong_pin", message: "is not the PIN of this line; the line's owner has set it" }],
]);

/** The app of a name. Throws `input_invalid` where the admin keeps none under it. */
export async function appOf({ settings }: Pick<CallContext, "settings">, name: string): Promise<MagpieApp> {
  const app = (await settings()).apps[name];
  if (app !== undefined) return app;
  const issue = { field: "app", code: "not_found", message: "is none of the apps that the admin has set" };
  throw invalid(issue);
}

/** Answers the object that Magpie gave. Rejects with Magpie's refusal as our error. */
export async function callMagpie(context: CallContext, call: MagpieCall): Promise<Readonly<Record<string, unknown>>> {
  const { fetch, signal = new AbortController().signal } = context;
  const { apiUrl, secrets } = await appOf(context, call.app);
  const { method, path, body, lost = "provider_unavailable", token = secrets.at(-1) ?? "" } = call;
  const { status, text } = await askVendor(
    { vendor: "magpie", fetch, timeoutMs: 30_000, signal, lost },
    `${apiUrl}/${path.map(encodeURIComponent).join("/")}`,
    {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    },
  );
  const said = readObject(text);
  if (status < 300 && said !== undefined) return said;
  if (said?.error === undefined && (status < 300 || leavesOpen(status))) throw transportError("magpie", lost, `HTTP ${status}`);
  const wrong = WRONG.get(said?.error);
  if (wrong !== undefined) throw invalid(wrong);
  const code = typeof said?.error === "string" ? { code: said.error } : {};
  throw vendorError({ vendor: "magpie", ...code }, ERRORS.get(said?.error) ?? errorRow(codeOfStatus(status)), {
    secrets: [token, ...secrets],
  });
}

function invalid(issue: FieldIssue): WadeskError {
  return new WadeskError("input_invalid", { detail: `${issue.field} ${issue.message}`, issues: [issue] });
}
