import type { OpenSession } from "@wadesk/core/ports";
import type { AuthState } from "../auth/auth-state.ts";
import type { Baileys, SocketConfig, SocketEvents } from "../baileys/baileys.ts";
import { debugLogger } from "../baileys/debug-logger.ts";
import type { UnofficialDetails } from "../details.ts";
import { heardMessages } from "../inbound/heard-messages.ts";
import { createReceiver } from "../inbound/create-receiver.ts";
import { sessionLine } from "../line/session-line.ts";
import type { Transport } from "../options.ts";
import { type RunningSession, runSession } from "../socket/run-session.ts";
import type { Connecting } from "../socket/connecting.ts";

/** What a linked session is made of. */
export interface LinkedParts {
  readonly baileys: Baileys;
  readonly transport: Transport;
  readonly state: AuthState;
  readonly browser: NonNullable<SocketConfig["browser"]>;
  /** Hears what happens beside what core is told. */
  readonly hear?: (batch: Partial<SocketEvents>) => void;
}

/** A linked number's session, as core keeps it, and how its login goes. */
export interface LinkedSession {
  readonly open: OpenSession<UnofficialDetails>;
  readonly settled: RunningSession["settled"];
}

/** Starts the session of a device that is linked: what comes in is handed on, and the line works on the client in force. */
export function linkedSession(connecting: Connecting, { baileys, transport, state, browser, hear }: LinkedParts): LinkedSession {
  const heard = heardMessages(connecting.records);
  const receiver = createReceiver(connecting, heard);
  const logger = debugLogger(connecting.log, { connectionId: connecting.connectionId });
  const running = runSession(connecting, { baileys, transport, state, logger, browser }, (batch) => {
    receiver.hear(batch);
    hear?.(batch);
  });
  const open: OpenSession<UnofficialDetails> = {
    line: sessionLine({ baileys, connecting, running, state, heard }),
    ended: running.ended,
    async close() {
      await running.close();
      await receiver.settled();
    },
  };
  return { open, settled: running.settled };
}
