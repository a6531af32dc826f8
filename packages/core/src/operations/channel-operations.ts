import { callVendor } from "../connections/call-vendor.ts";
import { connectionContext } from "../connections/contexts.ts";
import { rowOf } from "../connections/view.ts";
import type { Engine } from "../engine/engine.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import { invalidField } from "../fields/invalid.ts";
import { channelOf } from "../ports/installed-channel.ts";
import { isEnded } from "../status/connection-status.ts";

/** Which operation, of which connection. */
export interface OperationPlace {
  readonly workspaceId: string;
  readonly kind: string;
  readonly id: string;
  readonly name: string;
}

/**
 * Runs one of a channel's own operations. A refusal says of the connection only that its token no longer counts: what is asked for may be anything, and that the
 * vendor does not know it, or lets this token not have it, is no fault of the number. Rejects with `not_connected` where there is nothing to do it with.
 */
export async function runOperation(
  engine: Engine,
  { workspaceId, kind, id, name }: OperationPlace,
  given: readonly unknown[],
): Promise<unknown> {
  const row = await rowOf(engine, workspaceId, id);
  if (row.channel !== kind) throw invalidField("kind", `${id} is a connection of ${row.channel}`, "not_one_of", { options: row.channel });
  if (row.status.state === "pending" || isEnded(row.status))
    throw new WadeskError("not_connected", { detail: `${id} is ${row.status.state}` });
  const { operations } = channelOf(engine.channels, kind);
  const run: unknown = operations !== undefined && Object.hasOwn(operations, name) ? Reflect.get(operations, name) : undefined;
  if (typeof run !== "function") throw invalidField("kind", `${kind} has no operation ${name}`, "not_one_of", { options: kind });
  const work = (signal: AbortSignal): Promise<unknown> =>
    connectionContext(engine, row, { signal }).then((context): unknown => Reflect.apply(run, undefined, [row, context, ...given]));
  return callVendor(engine, row, () => engine.calls.during(work), ofTheToken);
}

function ofTheToken(code: string): boolean {
  return code === "token_expired" || code === "credentials_rejected";
}
