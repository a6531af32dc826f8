import type { Connection } from "@wadesk/core";
import { signTicket, type Ticket, TICKET_MS } from "../../bridge-protocol/files/ticket.ts";
import type { BridgeCalls, CallName } from "../../bridge-protocol/messages/calls.ts";
import type { UnofficialDetails } from "../../details.ts";
import type { AppAnswer } from "../reports/reporter.ts";
import { standingOf } from "../reports/standing.ts";
import { groupCalls } from "./group-calls.ts";
import { type BridgeClient, linkedNumber, linkedNumbers, numberAt } from "./numbers.ts";
import type { StoppedNumbers } from "./stopped-numbers.ts";

/** How each call is done. What the bridge's client refuses, a call rejects with. */
export type CallTable = {
  readonly [Name in CallName]: (given: BridgeCalls[Name]["given"]) => Promise<BridgeCalls[Name]["answer"]>;
};

/** What calls are done with. */
export interface CallTools {
  readonly bridge: string;
  readonly secrets: readonly string[];
  readonly client: BridgeClient;
  readonly stopped: StoppedNumbers;
  /** The routes that are being linked at the moment. */
  readonly linking: ReadonlyMap<string, number>;
  /** Asks the app once. */
  readonly askApp: () => Promise<AppAnswer>;
  readonly randomId: () => string;
}

/** Makes the calls of a bridge's client. */
export function createCalls({ client, stopped, linking, askApp, bridge, secrets, randomId }: CallTools): CallTable {
  const { wadesk, now } = client;
  const told = (connection: Connection) => standingOf(connection as Connection<UnofficialDetails>, now());
  return {
    async send({ route, id, to, content, replyTo, fallback }) {
      const { id: from, workspaceId } = await linkedNumber(client, route);
      const { providerId, acceptedAt } = await wadesk.workspace(workspaceId).send({
        from,
        to,
        content,
        idempotencyKey: id,
        ...(replyTo !== undefined && { replyTo }),
        ...(fallback !== undefined && { fallback }),
      });
      return { providerId, acceptedAt };
    },
    async read({ route, messageId, typing }) {
      const { id: from, workspaceId } = await linkedNumber(client, route);
      await wadesk.workspace(workspaceId).markRead({ messageId, from, ...(typing !== undefined && { typing }) });
      return {};
    },
    async ticket({ route, ...file }) {
      await linkedNumber(client, route);
      const [secret = ""] = secrets;
      const ticket = { ...file, id: `ticket_${randomId()}`, bridge, route, endsAt: client.now() + TICKET_MS };
      return { ticket: await signTicket(ticket as Ticket, secret) };
    },
    async check({ route }) {
      const { id, workspaceId } = await linkedNumber(client, route);
      return told(await wadesk.workspace(workspaceId).check(id));
    },
    async cancel({ route }) {
      const row = await numberAt(client, route);
      if (row !== undefined) await wadesk.workspace(row.workspaceId).cancel(row.id);
      return {};
    },
    async disconnect({ route, endedMsAgo }) {
      const row = await numberAt(client, route);
      // what the app ended before is not what it links now, or has linked since
      const isAnother = linking.has(route) || (row?.connectedAt ?? 0) > client.now() - (endedMsAgo ?? 0);
      if (endedMsAgo !== undefined && isAnother) return {};
      if (row !== undefined) await stopped.wake(row);
      // the row stays for a while: what came in before is still on its way to the app
      if (row !== undefined) await wadesk.workspace(row.workspaceId).disconnect(row.id);
      return {};
    },
    async stop({ route }) {
      const row = await numberAt(client, route);
      if (row?.connectedAt !== undefined) await stopped.stop(row);
      return {};
    },
    ...groupCalls(client),
    async list() {
      const numbers = [];
      for await (const connection of linkedNumbers(client)) numbers.push(told(connection));
      return { numbers };
    },
    async probe() {
      let numbers = 0;
      for await (const _number of linkedNumbers(client)) numbers += 1;
      return { ...(await askApp()), numbers };
    },
  };
}
