import { WadeskError } from "@wadesk/core";
import type { ConnectContext, Connected } from "@wadesk/core/ports";
import { type AuthState, storedAuthState } from "../auth/auth-state.ts";
import { storeSession } from "../moving/store-session.ts";
import { timedRecords } from "../auth/timed-records.ts";
import { readyBaileys } from "../baileys/ready-baileys.ts";
import { linkConsequenceOf } from "../closing/close-codes.ts";
import { type Close, UNTRUSTED_SERVER } from "../closing/read-close.ts";
import type { UnofficialDetails, UnofficialSecret } from "../details.ts";
import type { SessionInput } from "../input/unofficial-input.ts";
import { detailsOf } from "../line/session-line.ts";
import { phoneOf, readCredentials } from "../moving/read-credentials.ts";
import { readKeys, type StoredKeys } from "../moving/read-keys.ts";
import { isSameNumber } from "../numbers/canonical-digits.ts";
import type { Transport, UnofficialSettings } from "../options.ts";
import { endWithLease } from "../session/end-with-lease.ts";
import { type LinkedSession, linkedSession } from "../session/linked-session.ts";
import { browserOf } from "../socket/browser-of.ts";
import type { UnofficialWarning } from "../warnings.ts";
import { routeOf } from "../numbers/route-of.ts";
import { whileWanted } from "./while-wanted.ts";

/**
 * Takes over a device that another program has linked: stores what that one kept, and answers with the session as soon as WhatsApp has let it in. WhatsApp gets no
 * receipt before core has the connection, so that an attempt which fails loses no message; and it logs nothing out, since the device is the other program's then.
 * Rejects with `input_invalid`, `number_mismatch`, or why WhatsApp refused it.
 */
export async function moveNumber(
  transport: Transport,
  input: SessionInput,
  context: ConnectContext<UnofficialSettings>,
): Promise<Connected<UnofficialDetails, UnofficialSecret>> {
  const { voice, connectionId, settings, log, now } = context;
  if (voice === undefined) throw new WadeskError("configuration_invalid", { detail: "the unofficial channel needs sessions" });
  const { baileys } = await readyBaileys(transport, log);
  const credentials = readCredentials(input.session.creds, baileys.initAuthCreds());
  const stored = readKeys(input.session.keys ?? {});
  const linked = phoneOf(credentials);
  const phone = input.phone ?? linked;
  if (!isSameNumber(linked, phone)) {
    const detail = "this session is another number's than the one asked for: leave phone out to take whichever it is";
    throw new WadeskError("number_mismatch", { detail });
  }
  const route = routeOf(context.workspaceId, phone);
  await context.claim(route);
  const records = timedRecords(context.records, { after: voice.after, now });
  await storeSession(baileys, records, credentials, stored.keys);
  const state = await storedAuthState(baileys, records, voice.after);
  if (state === undefined) throw new WadeskError("storage_unavailable", { detail: "what was stored cannot be read" });
  await context.show({ type: "step", step: "verifying" });
  const connecting = { route, connectionId, records, settings, voice, log, now };
  const browser = browserOf(baileys, transport, "qr");
  const session = await linkedSession(connecting, { baileys, transport, state, browser, known: {}, isNew: false });
  try {
    await whileWanted(context, letIn(session));
  } catch (error) {
    await session.abandon().catch(() => {});
    throw error;
  }
  // from here on it is the signal of the session's lease
  endWithLease(context.signal, session.open);
  return connectedOf(route, phone, state, session, stored);
}

function connectedOf(
  route: string,
  phone: string,
  state: AuthState,
  session: LinkedSession,
  stored: StoredKeys,
): Connected<UnofficialDetails, UnofficialSecret> {
  const details = detailsOf(state);
  const { me, lastAccountSyncTimestamp: synced } = state.auth.creds;
  return {
    route,
    phone,
    details,
    ...(synced !== undefined && { facts: { phoneSeenAt: synced * 1000 } }),
    secret: { device: me?.id ?? "" },
    ...(details.name !== undefined && { defaultLabel: details.name }),
    warnings: warningsOf(stored),
    session: session.open,
    linkedBefore: true,
  };
}

async function letIn({ accepted, settled }: LinkedSession): Promise<void> {
  const close = await Promise.race([accepted, settled]);
  if (close !== undefined && close !== "open") throw refusalOf(close);
}

function refusalOf(close: Close): WadeskError {
  const vendor = { vendor: "unofficial", code: close.code };
  if (close.code === 440 || (close.code === 409 && close.said === "stream"))
    return new WadeskError("conflict", {
      detail: "another program is logged in with this session: stop it first, then move it again",
      vendor,
    });
  if (close.code === 401 || close.code === 516)
    return new WadeskError("pair_failed", { detail: "the phone has removed this device: connect with phone and scan a QR", vendor });
  const consequence = linkConsequenceOf(close);
  const code = consequence === "another round" || consequence === "restart" ? "provider_unavailable" : consequence;
  return new WadeskError(code, { vendor, ...(close.isUntrusted && { detail: UNTRUSTED_SERVER }) });
}

/** So many names are told. */
const TOLD = 5;

function warningsOf({ keys, left }: StoredKeys): readonly UnofficialWarning[] {
  const warnings: UnofficialWarning[] = [];
  if (left.length > 0) {
    const names = left.slice(0, TOLD).join(", ");
    const text = `${left.length} entries of the moved session are of kinds that are not known and were left behind: ${names}${left.length > TOLD ? " and more" : ""}.`;
    warnings.push({ code: "keys_left", values: { count: left.length, names }, text });
  }
  const text =
    "The session was moved without its keys: what people write can be read once their WhatsApp has sent it again, and each chat begins with new keys.";
  if (!keys.some(({ type }) => type === "session" || type === "pre-key")) warnings.push({ code: "keys_missing", text });
  return warnings;
}
