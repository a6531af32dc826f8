import { type Connection, isWadeskError, WadeskError } from "@wadesk/core";
import type { OpenSession, SessionContext } from "@wadesk/core/ports";
import { type AuthState, storedAuthState } from "../auth/auth-state.ts";
import { type Baileys, loadBaileys } from "../baileys/baileys.ts";
import type { UnofficialDetails, UnofficialSecret } from "../details.ts";
import type { Transport, UnofficialSettings } from "../options.ts";
import { browserOf } from "../socket/browser-of.ts";
import { linkedSession } from "./linked-session.ts";

type Context = SessionContext<UnofficialSettings, UnofficialSecret>;

/** Opens the session of a number that was linked before. Resolves when it is logged in, or has ended instead. */
export async function openSession(
  transport: Transport,
  connection: Connection<UnofficialDetails>,
  context: Context,
): Promise<OpenSession<UnofficialDetails>> {
  const baileys = await loadBaileys();
  const state = await stateOf(baileys, context);
  if (state === undefined) {
    context.report({ type: "step", step: "needs_repair", at: context.now() });
    return nothingToOpen();
  }
  const { records, log, now } = context;
  const connecting = { route: connection.route, connectionId: connection.id, records, voice: context, log, now };
  const { open, settled } = linkedSession(connecting, { baileys, transport, state, browser: browserOf(baileys, transport, "qr") });
  // a lost lease ends it at once, also while it logs in
  context.signal.addEventListener("abort", () => void open.close().catch(() => {}), { once: true });
  if (context.signal.aborted) await open.close();
  await settled;
  return open;
}

// what does not open, or is not there, is mended by linking the phone again
async function stateOf(baileys: Baileys, { records }: Context): Promise<AuthState | undefined> {
  try {
    return await storedAuthState(baileys, records);
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
