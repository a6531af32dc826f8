import type { ConnectionStatus } from "@wadesk/core";
import type { OpenSession } from "@wadesk/core/ports";
import type { AuthState } from "../auth/auth-state.ts";
import type { Baileys, SocketConfig, SocketEvents } from "../baileys/baileys.ts";
import { debugLogger } from "../baileys/debug-logger.ts";
import { createChats } from "../content/create-chats.ts";
import type { UnofficialDetails } from "../details.ts";
import { createReceiver, type Receiver } from "../inbound/create-receiver.ts";
import { askAfterLogin } from "../keeping/login-questions.ts";
import { numberLimits } from "../keeping/number-limits.ts";
import { phoneLife } from "../keeping/phone-life.ts";
import { createOutbox } from "../line/outbox.ts";
import { sendsUnderWay } from "../line/sends-under-way.ts";
import { sessionLine } from "../line/session-line.ts";
import type { Transport } from "../options.ts";
import { type RunningSession, runSession } from "../socket/run-session.ts";
import type { Connecting } from "../socket/connecting.ts";
import { sessionCaches } from "../caches/session-caches.ts";
import { logins } from "./after-logins.ts";

/** What a linked session is made of. */
export interface LinkedParts {
  readonly baileys: Baileys;
  readonly transport: Transport;
  readonly state: AuthState;
  readonly browser: NonNullable<SocketConfig["browser"]>;
  /** What its connection says when the session is opened; nothing yet where linking opens it. */
  readonly known: { readonly restriction?: ConnectionStatus["restriction"] | undefined; readonly phoneSeenAt?: number | undefined };
  /** Whether it is being linked: core takes nothing for it before the connection is made, and until then its journal has to do. */
  readonly isNew: boolean;
  /** Hears what happens beside what core is told. */
  readonly hear?: (batch: Partial<SocketEvents>) => void;
}

/** A linked number's session, as core keeps it, and how its login goes. */
export interface LinkedSession {
  readonly open: OpenSession<UnofficialDetails>;
  readonly settled: RunningSession["settled"];
  /** Resolves when WhatsApp has let it in for the first time, which comes before `settled` and before anything that waits for it; never where it ends before. */
  readonly accepted: Promise<void>;
  /** Ends it where core takes nothing for it: unlike `close` it does not wait until what came in is stored. */
  abandon(): Promise<void>;
  /** As in `Receiver`. */
  readonly waitForCore: Receiver["waitForCore"];
}

/**
 * Starts the session of a device that is linked: what an earlier one left is handed on first, then what comes in, and the line works on the client in force.
 * Rejects where core could not take what was left.
 */
export async function linkedSession(
  connecting: Connecting,
  { baileys, transport, state, browser, known, isNew, hear }: LinkedParts,
): Promise<LinkedSession> {
  const { records, voice, now, connectionId, log } = connecting;
  const accepted = Promise.withResolvers<void>();
  const chats = createChats({ baileys, state, records, after: voice.after, now });
  const receiver = createReceiver(connecting, { baileys, state, chats, presence: transport.presence });
  if (!isNew) {
    await receiver.replay();
    receiver.waitForCore();
  }
  const logger = debugLogger(log, { connectionId });
  const limits = numberLimits({ voice, now, restricted: known.restriction });
  const phone = phoneLife({ voice, now, state, seenAt: known.phoneSeenAt });
  const sends = sendsUnderWay(transport, connectionId);
  let askNothing = (): void => {};
  const outbox = createOutbox({ connecting, state, chats, receiver, sends, during: (send) => running.sends.during(send) });
  const running: RunningSession = runSession(
    connecting,
    {
      baileys,
      transport,
      state,
      browser,
      logger,
      chats,
      caches: sessionCaches(now),
      signal: { ...receiver.hooks, outgoing: outbox.outgoing },
      bodyOf: outbox.bodyOf,
      untold: receiver.untold,
      frame(node) {
        if (node.tag === "success") accepted.resolve();
        receiver.frame(node);
        outbox.frame(node);
      },
    },
    {
      hear(batch) {
        receiver.hear(batch);
        outbox.hear(batch);
        limits.hear(batch);
        hear?.(batch);
      },
      meet(socket) {
        limits.meet(socket);
        phone.meet(socket);
      },
      greet(socket) {
        phone.greet();
        line.loggedIn();
        askNothing();
        askNothing = logins.afterwards(voice.after, () => {
          limits.greet(socket);
          void askAfterLogin(socket);
        });
      },
      phoneSeenAt: phone.seenAt,
      part() {
        askNothing();
        limits.part();
        phone.part();
      },
    },
  );
  const line = sessionLine({ baileys, connecting, running, state, chats, outbox, logger, phone });
  // nobody opens it again by itself
  running.ended
    .then((end) => {
      if (end?.openAgain === "asked") sends.giveUp("the session has ended before WhatsApp answered");
    })
    .catch(() => {});
  const abandon = async (): Promise<void> => {
    await running.close();
    sends.giveUp("the session was closed before WhatsApp answered");
  };
  const open: OpenSession<UnofficialDetails> = {
    line,
    ended: running.ended,
    async close() {
      await abandon();
      await receiver.settled();
      // that it is through
      await state.flush().catch(() => {});
    },
  };
  return { open, settled: running.settled, accepted: accepted.promise, abandon, waitForCore: receiver.waitForCore };
}
