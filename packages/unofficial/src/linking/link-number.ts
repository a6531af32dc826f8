import { WadeskError } from "@wadesk/core";
import type { ConnectContext, Connected } from "@wadesk/core/ports";
import { type AuthState, freshAuthState } from "../auth/auth-state.ts";
import { type Baileys, loadBaileys } from "../baileys/baileys.ts";
import { linkConsequenceOf } from "../closing/close-codes.ts";
import type { UnofficialDetails, UnofficialSecret } from "../details.ts";
import type { UnofficialInput } from "../input/unofficial-input.ts";
import { detailsOf } from "../line/session-line.ts";
import { canonicalDigits, isSameNumber } from "../numbers/canonical-digits.ts";
import { readJid } from "../numbers/jid.ts";
import type { Transport, UnofficialSettings } from "../options.ts";
import { browserOf } from "../socket/browser-of.ts";
import { type LinkedSession, linkedSession } from "../session/linked-session.ts";
import { watchSync } from "./watch-sync.ts";
import { pairDevice } from "./pair-device.ts";
import { createQrCounter, ROUNDS } from "./qr-counter.ts";

type Context = ConnectContext<UnofficialSettings>;

// one phone once in a workspace, however its number is spelled
function routeOf(workspaceId: string, phone: string): string {
  return `unofficial:${workspaceId}:${canonicalDigits(phone)}`;
}

/**
 * Links a phone. Shows QRs or a code, then how far its history is, and answers with the session that this opened. Rejects with `number_mismatch` when
 * another phone than the one asked for was linked, which is logged out again.
 */
export async function linkNumber(
  transport: Transport,
  input: UnofficialInput,
  context: Context,
): Promise<Connected<UnofficialDetails, UnofficialSecret>> {
  const { voice } = context;
  if (voice === undefined) throw new WadeskError("configuration_invalid", { detail: "the unofficial channel needs sessions" });
  const baileys = await loadBaileys();
  const route = routeOf(context.workspaceId, input.phone);
  await context.claim(route);
  const state = await pairInRounds(baileys, transport, input, context);
  await context.show({ type: "step", step: "restarting" });
  const sync = watchSync(context, voice.after);
  const { connectionId, records, log, now } = context;
  const connecting = { route, connectionId, records, voice, log, now };
  const browser = browserOf(baileys, transport, input.method ?? "qr");
  const session = linkedSession(connecting, { baileys, transport, state, browser, hear: sync.hear });
  try {
    await whileWanted(context, loggedIn(session));
    refuseOther(state, input.phone);
    await whileWanted(context, sync.done());
  } catch (error) {
    await undo(session);
    await state.forget().catch(() => {});
    throw error;
  }
  // from here on it is the signal of the session's lease
  context.signal.addEventListener("abort", () => void session.open.close().catch(() => {}), { once: true });
  const { name } = detailsOf(state);
  return {
    route,
    phone: input.phone,
    details: detailsOf(state),
    secret: { device: state.auth.creds.me?.id ?? "" },
    ...(name !== undefined && { defaultLabel: name }),
    session: session.open,
  };
}

async function pairInRounds(baileys: Baileys, transport: Transport, input: UnofficialInput, context: Context): Promise<AuthState> {
  const counter = createQrCounter(transport.qrTimeoutMs);
  for (let round = 1; round <= ROUNDS; round += 1) {
    counter.begin();
    // half a link is none: each round has keys of its own
    const state = freshAuthState(baileys, context.records);
    if ((await pairDevice({ baileys, transport, input, context, state, counter })) === "paired") return state;
  }
  throw new WadeskError("pair_failed", { detail: "no phone was linked before the last code ended" });
}

async function loggedIn({ settled }: LinkedSession): Promise<void> {
  const close = await settled;
  if (close === "open") return;
  const consequence = linkConsequenceOf(close);
  const code = consequence === "another round" || consequence === "restart" ? "pair_failed" : consequence;
  throw new WadeskError(code, { vendor: { vendor: "unofficial", code: close.code } });
}

function refuseOther({ auth: { creds } }: AuthState, phone: string): void {
  const linked = readJid(creds.me?.id)?.user ?? "";
  if (isSameNumber(linked, phone)) return;
  throw new WadeskError("number_mismatch", { detail: "another phone was linked than the one asked for; it is logged out again" });
}

/** Rejects with `linking_cancelled` as soon as nobody wants the work any more. */
async function whileWanted({ signal }: Context, work: Promise<void>): Promise<void> {
  const cancelled = Promise.withResolvers<never>();
  const cancel = (): void => cancelled.reject(new WadeskError("linking_cancelled"));
  signal.addEventListener("abort", cancel, { once: true });
  if (signal.aborted) cancel();
  work.catch(() => {});
  try {
    await Promise.race([work, cancelled.promise]);
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}

// what was linked is linked no more, at WhatsApp as well as here
async function undo({ open, settled }: LinkedSession): Promise<void> {
  // only whoever is logged in can log out
  await settled;
  await open.line.disconnect().catch(() => {});
  await open.close().catch(() => {});
}
