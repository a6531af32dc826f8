import { type Connection, isWadeskError, WadeskError } from "@wadesk/core";
import type { OpenSession, SealedRecords, SessionContext } from "@wadesk/core/ports";
import { type AuthState, storedAuthState } from "../auth/auth-state.ts";
import { timedRecords } from "../auth/timed-records.ts";
import type { Baileys } from "../baileys/baileys.ts";
import { readyBaileys } from "../baileys/ready-baileys.ts";
import { UNTRUSTED_SERVER } from "../closing/read-close.ts";
import type { UnofficialDetails, UnofficialSecret } from "../details.ts";
import type { Transport, UnofficialSettings } from "../options.ts";
import { browserOf } from "../socket/browser-of.ts";
import { logins } from "./after-logins.ts";
import { endWithLease } from "./end-with-lease.ts";
import { linkedSession } from "./linked-session.ts";
import { createTurns } from "./turns.ts";

/** Each login blocks the event loop for 20 ms where its signatures are slow. One loop, so one count for the process. */
const slowLogins = createTurns(8);

type Context = SessionContext<UnofficialSettings, UnofficialSecret>;

/** Opens the session of a number that was linked before. Resolves when it is logged in, or has ended instead. */
export async function openSession(
  transport: Transport,
  connection: Connection<UnofficialDetails>,
  context: Context,
): Promise<OpenSession<UnofficialDetails>> {
  const { baileys, curves } = await readyBaileys(transport, context.log);
  const records = timedRecords(context.records, context);
  const state = await stateOf(baileys, records, context.after);
  if (state === undefined) {
    context.report({ type: "step", step: "needs_repair", at: context.now() });
    return nothingToOpen();
  }
  const { settings, log, now } = context;
  const { id: connectionId, route, status, facts } = connection;
  const known = { restriction: status.restriction, phoneSeenAt: facts?.phoneSeenAt };
  const connecting = { route, connectionId, records, settings, voice: context, log, now };
  const giveTurn = curves === "fast" ? () => {} : await slowLogins.take();
  const over = logins.begin();
  const leave = (): void => {
    over();
    giveTurn();
  };
  const parts = { baileys, transport, state, known, browser: browserOf(baileys, transport, "qr"), isNew: false };
  const linked = await linkedSession(connecting, parts).catch((error: unknown) => {
    leave();
    throw error;
  });
  const { open, settled } = linked;
  const settling = settled.finally(leave);
  endWithLease(context.signal, open);
  if (context.signal.aborted) await open.close();
  const end = await settling;
  if (end !== "open" && end.isUntrusted) log.error({ connectionId: connection.id }, UNTRUSTED_SERVER);
  return open;
}

// what does not open, or is not there, is mended by linking the phone again
async function stateOf(baileys: Baileys, records: SealedRecords, after: Context["after"]): Promise<AuthState | undefined> {
  try {
    return await storedAuthState(baileys, records, after);
  } catch (error) {
    if (isWadeskError(error, "sealed_value_invalid")) return undefined;
    throw error;
  }
}

function nothingToOpen(): OpenSession<UnofficialDetails> {
  const refuse = async (): Promise<never> => {
    throw new WadeskError("not_connected", { detail: "the keys of this number are gone; link the phone again" });
  };
  return {
    line: { send: refuse, check: refuse, disconnect: async () => {} },
    ended: Promise.resolve({ openAgain: "asked" }),
    close: async () => {},
  };
}
