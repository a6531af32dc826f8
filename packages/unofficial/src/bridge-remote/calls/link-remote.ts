import { isWadeskError, WadeskError } from "@wadesk/core";
import { type Connected, type ConnectContext, lostError, step } from "@wadesk/core/ports";
import type { BridgedNumber, LinkLine } from "../../bridge-protocol/messages/calls.ts";
import { errorOf } from "../../bridge-protocol/messages/failure.ts";
import { routeOf } from "../../numbers/route-of.ts";
import { askBridge, bridgeOf, NOBODY, readAnswer, signedCall, unreachable } from "./ask-bridge.ts";
import { type BridgedDetails, type BridgedInput, type BridgedSecret, type BridgedSettings, DEFAULT_BRIDGE } from "../bridged-options.ts";
import { speakerOf } from "../speaker-of.ts";

type Context = ConnectContext<BridgedSettings>;

/**
 * Links a phone through a bridge: its steps are shown as they come. Rejects with what the bridge rejects with, with `linking_cancelled`, and with `bridge_unreachable`
 * where it goes away meanwhile; then it gives up the attempt by itself.
 */
export async function linkRemote(
  timeoutMs: number,
  { phone, method, bridge = DEFAULT_BRIDGE }: BridgedInput,
  context: Context,
): Promise<Connected<BridgedDetails, BridgedSecret>> {
  const { workspaceId, settings, now, signal } = context;
  const route = routeOf(workspaceId, phone);
  await context.claim(route);
  const place = bridgeOf(await settings(), bridge);
  const body = JSON.stringify({ workspaceId, phone, method });
  const call = { name: "link", id: `call_${crypto.randomUUID()}`, body, at: now() } as const;
  const { address, headers } = await signedCall({ ...place, bridge }, call);
  const ended = new AbortController();
  try {
    const response = await step(context, "bridge", async () => {
      const signals = AbortSignal.any([signal, ended.signal]);
      const asked = await within(context, bridge, () =>
        context.fetch(address, { method: "POST", headers, body, redirect: "manual", signal: signals }),
      );
      if (asked.status !== 200) throw refusalIn(readAnswer(asked.status, await asked.text(), bridge), bridge);
      return asked;
    });
    const number = await follow(response, context, bridge);
    return connectedOf(number, bridge);
  } catch (error) {
    // one that is being linked by another process of the bridge hears it too
    if (signal.aborted) await cancel({ ...context, timeoutMs }, bridge, route);
    throw error;
  } finally {
    // who reads no more has given it up
    ended.abort();
  }
}

async function within<Result>({ signal }: Pick<Context, "signal">, bridge: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted) throw new WadeskError("linking_cancelled");
    const isUnsent = isWadeskError(lostError("bridge", error, "outcome_unknown"), "provider_unavailable");
    throw unreachable(bridge, isUnsent ? NOBODY : BROKEN);
  }
}

const BROKEN = "it broke off while the phone was being linked. Check that it runs, then link the phone again";
/** Far longer than a line is. */
const LONGEST_LINE = 256 * 1024;

async function follow(response: Response, context: Context, bridge: string): Promise<BridgedNumber> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const part = await within(context, bridge, async () => reader?.read());
    if (part === undefined || part.done || rest.length > LONGEST_LINE) throw unreachable(bridge, BROKEN);
    const lines = (rest + part.value).split("\n");
    rest = lines.pop() ?? "";
    for (const text of lines) {
      const line = readLine(text, bridge);
      if ("linked" in line) return line.linked;
      if ("failed" in line) throw errorOf(line.failed) ?? unreachable(bridge, BROKEN);
      await context.show(line.step);
    }
  }
}

function readLine(text: string, bridge: string): LinkLine {
  try {
    const line: unknown = JSON.parse(text);
    if (typeof line === "object" && line !== null && ("step" in line || "linked" in line || "failed" in line)) return line as LinkLine;
  } catch {
    // as any other that is none
  }
  throw unreachable(bridge, "what it tells is not understood here. Install the same release of @wadesk/unofficial on both sides");
}

function refusalIn(answer: ReturnType<typeof readAnswer>, bridge: string): WadeskError {
  return typeof answer === "object" && "refused" in answer ? answer.refused : unreachable(bridge, BROKEN);
}

async function cancel(context: Context & { readonly timeoutMs: number }, bridge: string, route: string): Promise<void> {
  // the attempt's own signal is aborted
  const signal = AbortSignal.timeout(5000);
  await askBridge({ ...context, bridge, signal }, "cancel", { route }).catch((error: unknown) =>
    context.log.info(
      { code: isWadeskError(error) ? error.code : "unexpected" },
      "a bridge could not be told that an attempt is cancelled; it gives it up by itself",
    ),
  );
}

function connectedOf({ route, phone, details, facts, warnings }: BridgedNumber, bridge: string): Connected<BridgedDetails, BridgedSecret> {
  return {
    route,
    speaker: speakerOf(bridge),
    ...(phone !== undefined && { phone }),
    details: { ...details, bridge },
    ...(facts !== undefined && { facts }),
    secret: { bridge },
    ...(details.name !== undefined && { defaultLabel: details.name }),
    warnings,
  };
}
