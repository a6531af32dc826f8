import { WadeskError } from "@wadesk/core";
import type { ConnectContext } from "@wadesk/core/ports";
import type { AuthState } from "../auth/auth-state.ts";
import type { Baileys, SocketEvents } from "../baileys/baileys.ts";
import { debugLogger } from "../baileys/debug-logger.ts";
import { linkConsequenceOf } from "../closing/close-codes.ts";
import { type Close, UNTRUSTED_SERVER } from "../closing/read-close.ts";
import type { PhoneInput } from "../input/unofficial-input.ts";
import type { Transport, UnofficialSettings } from "../options.ts";
import { browserOf } from "../socket/browser-of.ts";
import { type OpenSocket, openSocket } from "../socket/open-socket.ts";
import { askForCode } from "./ask-for-code.ts";
import { type Demand, hearDemands } from "./hear-demands.ts";
import type { QrCounter } from "./qr-counter.ts";

/** One round of linking: a client with keys of its own, until a phone has taken it or its codes are used up. */
export interface PairingRound {
  readonly baileys: Baileys;
  readonly transport: Transport;
  readonly input: PhoneInput;
  readonly context: ConnectContext<UnofficialSettings>;
  readonly state: AuthState;
  readonly counter: QrCounter;
}

/**
 * Shows QRs or a code until a phone has taken the device: then WhatsApp asks it to come back, and `paired` is the answer. Rejects with why that failed, such
 * as `passkey_required`, `pair_failed`, `rate_limited` or `linking_cancelled`; what fails once a phone has taken the device is answered with `paired` all the
 * same, since only whoever logs in can log out. The client is closed in any case.
 */
export async function pairDevice({
  baileys,
  transport,
  input,
  context,
  state,
  counter,
}: PairingRound): Promise<"paired" | "another round"> {
  const failed = Promise.withResolvers<never>();
  const demanded = Promise.withResolvers<"another round">();
  failed.promise.catch(() => {});
  let isPaired = false;
  let isAsked = false;
  let isCodeShown = false;
  let shown: Promise<void> = Promise.resolve();
  const show: typeof context.show = (step) => {
    shown = shown.then(() => context.show(step));
    shown.catch(failed.reject);
    return shown;
  };
  const { method = "qr" } = input;
  const logger = debugLogger(context.log, { connectionId: context.connectionId });
  const hear = (batch: Partial<SocketEvents>): void => {
    const { qr, isNewLogin } = batch["connection.update"] ?? {};
    if (isNewLogin) isPaired = true;
    if (qr === undefined) return;
    if (method === "qr") void show(counter.next(qr, context.now())).catch(() => {});
    else if (!isAsked) {
      // the first QR says that the connection is ready for one
      isAsked = true;
      askForCode(client.socket, input.phone).then((code) => {
        isCodeShown = true;
        void show({ type: "code", code, expiresAt: context.now() + CODE_LIFE_MS }).catch(() => {});
      }, failed.reject);
    }
    // the next QR says that the time of this one is over
    else if (isCodeShown) demanded.resolve("another round");
  };
  // Baileys ends a client whose QRs are used up, after 160 seconds, and a code with it
  const patient = method === "qr" ? transport : { ...transport, qrTimeoutMs: transport.qrTimeoutMs ?? CODE_LIFE_MS };
  const client = openSocket({ baileys, transport: patient, state, logger, browser: browserOf(baileys, transport, method), hear });
  const heed = (demand: Demand): void => {
    if (demand === "another round") demanded.resolve(demand);
    else failed.reject(new WadeskError(demand, demand === "pair_failed" ? { detail: "the phone asked for another code" } : {}));
  };
  hearDemands(client.socket, heed, counter.refs);
  const cancel = (): void => failed.reject(new WadeskError("linking_cancelled"));
  context.signal.addEventListener("abort", cancel, { once: true });
  if (context.signal.aborted) cancel();
  try {
    const end = await Promise.race([client.closed.then((close) => afterClose(close, isPaired)), demanded.promise, failed.promise]);
    await shown;
    return end;
  } catch (error) {
    if (isPaired && (await isAskedBack(client, context))) return "paired";
    throw error;
  } finally {
    context.signal.removeEventListener("abort", cancel);
    await client.close();
  }
}

/** For how long a code can be typed, in milliseconds (zapo 1.8.0). */
const CODE_LIFE_MS = 180_000;

/** For how long it is waited that WhatsApp asks a device back which nobody wants any more, in milliseconds. */
const PATIENCE_MS = 10_000;

async function isAskedBack({ closed }: OpenSocket, { voice }: PairingRound["context"]): Promise<boolean> {
  const over = Promise.withResolvers<false>();
  const cancel = voice?.after(PATIENCE_MS, () => over.resolve(false));
  const asked = closed.then((close) => linkConsequenceOf(close) === "restart");
  return Promise.race([asked, over.promise]).finally(cancel);
}

function afterClose(close: Close, isPaired: boolean): "paired" | "another round" {
  const consequence = linkConsequenceOf(close);
  if (isPaired && consequence === "restart") return "paired";
  if (consequence === "another round" || consequence === "restart") return "another round";
  throw new WadeskError(consequence, {
    vendor: { vendor: "unofficial", code: close.code },
    ...(close.isUntrusted && { detail: UNTRUSTED_SERVER }),
  });
}
