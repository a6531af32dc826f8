import { WadeskError } from "@wadesk/core";
import type { ConnectContext, Connected } from "@wadesk/core/ports";
import { type AuthState, freshAuthState } from "../auth/auth-state.ts";
import { timedRecords } from "../auth/timed-records.ts";
import type { Baileys } from "../baileys/baileys.ts";
import { readyBaileys } from "../baileys/ready-baileys.ts";
import { linkConsequenceOf } from "../closing/close-codes.ts";
import type { UnofficialDetails, UnofficialSecret } from "../details.ts";
import type { PhoneInput } from "../input/unofficial-input.ts";
import { detailsOf } from "../line/session-line.ts";
import { isSameNumber } from "../numbers/canonical-digits.ts";
import { readJid } from "../numbers/jid.ts";
import type { Transport, UnofficialSettings } from "../options.ts";
import { browserOf } from "../socket/browser-of.ts";
import { endWithLease } from "../session/end-with-lease.ts";
import { type LinkedSession, linkedSession } from "../session/linked-session.ts";
import { watchSync } from "./watch-sync.ts";
import { pairDevice } from "./pair-device.ts";
import { createQrCounter, ROUNDS } from "./qr-counter.ts";
import { routeOf } from "../numbers/route-of.ts";
import { whileWanted } from "./while-wanted.ts";

type Context = ConnectContext<UnofficialSettings>;

/**
 * Links a phone. Shows QRs or a code, then how far its history is, and answers with the session that this opened. Rejects with `number_mismatch` when
 * another phone than the one asked for was linked, which is logged out again.
 */
export async function linkNumber(
  transport: Transport,
  input: PhoneInput,
  context: Context,
): Promise<Connected<UnofficialDetails, UnofficialSecret>> {
  const { voice } = context;
  if (voice === undefined) throw new WadeskError("configuration_invalid", { detail: "the unofficial channel needs sessions" });
  const { baileys } = await readyBaileys(transport, context.log);
  const route = routeOf(context.workspaceId, input.phone);
  await context.claim(route);
  const records = timedRecords(context.records, { after: voice.after, now: context.now });
  const state = await pairInRounds(baileys, transport, input, { ...context, records });
  const shown = context.show({ type: "step", step: "restarting" });
  // the phone has the device: whatever fails from here on, it has to be logged in to be logged out
  await shown.catch(() => {});
  const sync = watchSync(context, voice.after);
  const { connectionId, settings, log, now } = context;
  // whoever scanned a QR or typed a code had the phone in hand
  const phoneSeenAt = now();
  const connecting = { route, connectionId, records, settings, voice, log, now };
  const browser = browserOf(baileys, transport, input.method ?? "qr");
  const known = { phoneSeenAt };
  const session = await linkedSession(connecting, { baileys, transport, state, browser, known, isNew: true, hear: sync.hear });
  try {
    await shown;
    await whileWanted(context, loggedIn(session));
    refuseOther(state, input.phone);
    await whileWanted(context, sync.done());
  } catch (error) {
    await undo(session);
    await state.forget().catch(() => {});
    throw error;
  }
  // from here on it is the signal of the session's lease
  endWithLease(context.signal, session.open);
  session.waitForCore();
  const { name } = detailsOf(state);
  return {
    route,
    phone: input.phone,
    details: detailsOf(state),
    facts: { phoneSeenAt },
    secret: { device: state.auth.creds.me?.id ?? "" },
    ...(name !== undefined && { defaultLabel: name }),
    session: session.open,
  };
}

async function pairInRounds(baileys: Baileys, transport: Transport, input: PhoneInput, context: Context): Promise<AuthState> {
  const counter = createQrCounter(transport.qrTimeoutMs);
  for (let round = 1; round <= ROUNDS; round += 1) {
    counter.begin();
    // half a link is none: each round has keys of its own
    const state = freshAuthState(baileys, context.records, context.voice?.after);
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

// what was linked is linked no more, at WhatsApp as well as here
async function undo({ open, settled, abandon }: LinkedSession): Promise<void> {
  // only whoever is logged in can log out
  await settled;
  await open.line.disconnect().catch(() => {});
  await abandon().catch(() => {});
}
