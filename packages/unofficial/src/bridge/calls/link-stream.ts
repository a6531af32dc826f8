import type { Linking } from "@wadesk/core";
import type { LinkCall, LinkLine } from "../../bridge-protocol/messages/calls.ts";
import { failureOf } from "../../bridge-protocol/messages/failure.ts";
import type { UnofficialDetails } from "../../details.ts";
import { routeOf } from "../../numbers/route-of.ts";
import { standingOf } from "../reports/standing.ts";
import { type BridgeClient, numberAt } from "./numbers.ts";

/**
 * Links a phone and tells its steps as lines of JSON, as they come. Whoever stops reading before the last line has given the attempt up: it is cancelled, so that no
 * phone is linked of which the app does not know. Until the attempt is over, however it ends, its route stands in `linking`, with how many there are.
 */
export function linkStream(client: BridgeClient, call: LinkCall, linking: Map<string, number>): ReadableStream<Uint8Array> {
  const begun = begin(client, call, linking);
  // told by the last line
  begun.catch(() => {});
  const lines = tell(client, begun);
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await lines.next();
      if (done) return controller.close();
      controller.enqueue(new TextEncoder().encode(`${JSON.stringify(value)}\n`));
    },
    async cancel() {
      // one that could not begin has nothing to cancel
      const attempt = await begun.catch(() => undefined);
      await attempt?.linking.cancel();
    },
  });
}

/** An attempt; in an object, since whoever awaits a `Linking` awaits the connection. */
interface Begun {
  readonly linking: Linking<UnofficialDetails>;
}

async function* tell({ now }: BridgeClient, begun: Promise<Begun>): AsyncGenerator<LinkLine, void> {
  try {
    const { linking } = await begun;
    // that it is ready is the app's to say, once it has stored it
    for await (const step of linking) if (step.type !== "ready") yield { step };
    yield { linked: standingOf(await linking, now()) };
  } catch (error) {
    yield { failed: failureOf(error).failure };
  }
}

async function begin(client: BridgeClient, { workspaceId, phone, method }: LinkCall, linking: Map<string, number>): Promise<Begun> {
  const workspace = client.wadesk.workspace(workspaceId);
  const input = { phone, ...(method !== undefined && { method }) };
  const route = routeOf(workspaceId, phone);
  const known = await numberAt(client, route);
  const attempt =
    known?.connectedAt === undefined ? workspace.connect("unofficial", input) : workspace.reconnect(known.id, "unofficial", input);
  const count = (by: number): number => (linking.get(route) ?? 0) + by;
  linking.set(route, count(1));
  // another one at the same number may still be under way
  const over = (): void => {
    if (count(-1) > 0) linking.set(route, count(-1));
    else linking.delete(route);
  };
  attempt.then(over, over);
  return { linking: attempt };
}
