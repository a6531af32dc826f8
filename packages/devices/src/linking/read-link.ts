import { type Connection, isWadeskError } from "@wadesk/core";
import { cardOf } from "../cards/card-of.ts";
import { stepsOf } from "../cards/step-of.ts";
import type { Desk } from "../desk.ts";
import type { DevicesPerson } from "../options.ts";
import type { WireLink } from "../wire/link.ts";
import { outcomeOf } from "./outcomes.ts";

/** How the link of a connection stands, in whichever process it is made. Rejects with `connection_not_found`. */
export async function readLink({ client }: Desk, { workspaceId, role }: DevicesPerson, connectionId: string): Promise<WireLink> {
  const workspace = client.workspace(workspaceId);
  const outcome = await outcomeOf(client.screen, workspaceId, connectionId);
  const found = await workspace.get(connectionId).catch((error: unknown) => {
    // of a first attempt that failed nothing but its outcome remains
    if (isWadeskError(error, "connection_not_found") && outcome?.state === "failed") return undefined;
    throw error;
  });
  const state = stateOf(found, outcome?.state);
  const seen = { running: state === "running", owner: role === "owner", now: client.screen.now() };
  const steps = found === undefined || state === "none" ? [] : await stepsOf(await workspace.steps(connectionId), seen);
  return {
    connectionId,
    state,
    steps,
    ...(state === "failed" && outcome?.failure && { failure: outcome.failure }),
    ...(found && { connection: cardOf(found) }),
  };
}

// one that was begun without this handler, as by a program of the host's, has no outcome
function stateOf(found: Connection | undefined, kept: WireLink["state"] | undefined): WireLink["state"] {
  if (kept !== undefined) return kept;
  return found?.status.state === "pending" && found.status.reason !== "needs_repair" ? "running" : "none";
}
