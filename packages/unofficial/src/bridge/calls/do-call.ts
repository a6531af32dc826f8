import type { Connection } from "@wadesk/core";
import type { BridgeCalls, CallName } from "../../bridge-protocol/messages/calls.ts";
import type { UnofficialDetails } from "../../details.ts";
import { standingOf } from "../reports/standing.ts";
import { type BridgeClient, linkedNumber, linkedNumbers, numberAt } from "./numbers.ts";

/** How each call is done. What the bridge's client refuses, a call rejects with. */
export type CallTable = {
  readonly [Name in CallName]: (given: BridgeCalls[Name]["given"]) => Promise<BridgeCalls[Name]["answer"]>;
};

/** Makes the calls of a bridge's client. */
export function createCalls(client: BridgeClient): CallTable {
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
    async check({ route }) {
      const { id, workspaceId } = await linkedNumber(client, route);
      return told(await wadesk.workspace(workspaceId).check(id));
    },
    async cancel({ route }) {
      const row = await numberAt(client, route);
      if (row !== undefined) await wadesk.workspace(row.workspaceId).cancel(row.id);
      return {};
    },
    async disconnect({ route }) {
      const row = await numberAt(client, route);
      // the row stays for a while: what came in before is still on its way to the app
      if (row !== undefined) await wadesk.workspace(row.workspaceId).disconnect(row.id);
      return {};
    },
    async list() {
      const numbers = [];
      for await (const connection of linkedNumbers(client)) numbers.push(told(connection));
      return { numbers };
    },
  };
}
