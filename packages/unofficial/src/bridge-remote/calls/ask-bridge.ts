import { isWadeskError, WadeskError } from "@wadesk/core";
import { askVendor, type ConnectionContext, leavesOpen } from "@wadesk/core/ports";
import { type BridgeCalls, type CallName, callPath, type StreamedCall } from "../../bridge-protocol/messages/calls.ts";
import { errorOf } from "../../bridge-protocol/messages/failure.ts";
import { signRequest } from "../../bridge-protocol/signing/sign-request.ts";
import type { BridgedSettings, BridgeSettings } from "../bridged-options.ts";

/** What a call is made with. */
export interface Asking extends Pick<ConnectionContext<BridgedSettings, unknown>, "settings" | "fetch" | "now" | "pause" | "signal"> {
  /** The bridge's name. */
  readonly bridge: string;
  readonly timeoutMs: number;
}

/**
 * Before which attempts it is waited for how long, in milliseconds: each attempt is the same call, which is done once. A message is handed over once: that it went
 * out is learnt from its status.
 */
const PAUSES_MS = [0, 250, 1000] as const;

/**
 * Makes one call. Rejects with what the bridge rejects with; with `bridge_unreachable` where nothing was done, or nothing matters that may have been; and where a
 * message may have gone out, with `outcome_unknown`.
 */
export async function askBridge<Name extends CallName>(
  asking: Asking,
  name: Name,
  given: BridgeCalls[Name]["given"],
): Promise<BridgeCalls[Name]["answer"]> {
  const { bridge, settings, signal, pause } = asking;
  const place = bridgeOf(await settings(), bridge);
  const call = { name, id: `call_${crypto.randomUUID()}`, body: JSON.stringify(given) };
  let wasLost = false;
  for (const pauseMs of name === "send" ? [0] : PAUSES_MS) {
    if (pauseMs > 0) await pause?.(pauseMs);
    if (signal.aborted) break;
    const tried = await attempt({ ...asking, ...place }, call);
    if (typeof tried === "object") {
      if ("refused" in tried) throw tried.refused;
      return tried.answer as BridgeCalls[Name]["answer"];
    }
    // once an answer was lost, that a later attempt does not come through says nothing of the first
    if (tried === "not sent" && !wasLost) throw unreachable(bridge, NOBODY);
    wasLost = true;
  }
  const reason = "its answer was lost";
  if (name !== "send") throw unreachable(bridge, reason);
  throw new WadeskError("outcome_unknown", { detail: `bridge "${bridge}": ${reason}` });
}

/** The address and the secrets of a bridge. Rejects with `bridge_unreachable` where it is not configured, or has no secret. */
export function bridgeOf({ bridges }: BridgedSettings, bridge: string): BridgeSettings {
  const found = Object.hasOwn(bridges, bridge) ? bridges[bridge] : undefined;
  if (found === undefined)
    throw unreachable(bridge, "no such bridge is configured; add it to the settings, or link the number through another one");
  if (found.secrets.length === 0) throw unreachable(bridge, "its shared secret is not set; set it to NODE_WEBHOOK_TOKEN of the bridge");
  return found;
}

/** The headers of a call and the address that it goes to. `at` is in milliseconds since the epoch. */
export async function signedCall(
  { bridge, url, secrets }: BridgeSettings & { readonly bridge: string },
  { name, id, body, at }: { readonly name: CallName | StreamedCall; readonly id: string; readonly body: string; readonly at: number },
): Promise<{ readonly address: string; readonly headers: Readonly<Record<string, string>> }> {
  const address = new URL(`${url.replace(/\/+$/, "")}${callPath(name)}`);
  const unsigned = { direction: "call", method: "POST", url: address, bridge, body: new TextEncoder().encode(body) } as const;
  const headers = await signRequest(unsigned, { secrets, id, at });
  return { address: address.href, headers: { ...headers, "content-type": "application/json" } };
}

/** The error for a bridge that cannot be reached, or refuses this app. */
export function unreachable(bridge: string, reason: string): WadeskError {
  return new WadeskError("bridge_unreachable", { detail: `bridge "${bridge}": ${reason}` });
}

/** What is so where no connection was made. */
export const NOBODY = "nothing answers at its address. Check that it runs, and its Server URL";

/** What came of one attempt. */
type Tried = { readonly answer: object } | { readonly refused: WadeskError } | "not sent" | "lost";

async function attempt(
  asking: Asking & BridgeSettings,
  call: { readonly name: CallName; readonly id: string; readonly body: string },
): Promise<Tried> {
  const { bridge, fetch, now, signal, timeoutMs } = asking;
  const { address, headers } = await signedCall(asking, { ...call, at: now() });
  const request = { method: "POST", headers, body: call.body };
  try {
    const { status, text } = await askVendor({ vendor: "bridge", fetch, timeoutMs, signal, lost: "outcome_unknown" }, address, request);
    return readAnswer(status, text, bridge);
  } catch (error) {
    return isWadeskError(error, "provider_unavailable") ? "not sent" : "lost";
  }
}

/** What an answer says; `lost` where something between the two answered, and the bridge may have done its part. */
export function readAnswer(status: number, text: string, bridge: string): Exclude<Tried, "not sent"> {
  const said = objectIn(text);
  if (status === 200 && said !== undefined) return { answer: said };
  const error = said !== undefined && "error" in said && typeof said.error === "object" && said.error !== null ? said.error : {};
  // only what the bridge's own client says has a remedy
  const failure = "remedy" in error ? errorOf(error) : undefined;
  if (failure !== undefined) return { refused: failure };
  if ("message" in error && typeof error.message === "string")
    return { refused: unreachable(bridge, `it refuses this app. ${error.message.slice(0, 500)}`) };
  if (leavesOpen(status)) return "lost";
  return { refused: unreachable(bridge, `what answers at its address is no bridge (status ${status}). Check the Server URL`) };
}

/** The object of a JSON text; nothing where it holds none. */
export function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
