import { stepNamespace } from "../connections/step-namespace.ts";
import type { Engine } from "../engine/engine.ts";
import type { Connection } from "../model/connection.ts";
import type { LinkStep } from "../ports/context.ts";

const KEY = "steps";
const KEPT_STEPS = 50;
const LIFE_MS = 60 * 60 * 1000;

/** What steps are sealed for. A QR or a code links a phone to whoever shows it, so they are sealed like a credential. */
function stepBinding({ id, channel }: Pick<Connection, "id" | "channel">): string {
  return `steps/${channel}/${id}`;
}

/** The steps of a link that is being made or has just been, newest last. */
export async function readSteps(engine: Engine, connection: Pick<Connection, "id" | "channel">): Promise<readonly LinkStep[]> {
  const value = (await engine.storage.records.get(stepNamespace(connection.id), [KEY])).get(KEY);
  if (value === undefined) return [];
  return JSON.parse(await engine.vault.open(new TextDecoder().decode(value), stepBinding(connection))) as LinkStep[];
}

/** Keeps the newest steps for an hour, so that any process can show them. */
export async function writeSteps(
  engine: Engine,
  connection: Pick<Connection, "id" | "channel" | "workspaceId">,
  steps: readonly LinkStep[],
): Promise<void> {
  const sealed = await engine.vault.seal(JSON.stringify(steps.slice(-KEPT_STEPS)), stepBinding(connection));
  const value = { value: new TextEncoder().encode(sealed), expiresAt: engine.time.now() + LIFE_MS };
  await engine.locks.during(`connection/${connection.id}`, async (fence) => {
    // removed meanwhile: nothing of it may stay
    if ((await engine.storage.connections.get(connection.workspaceId, connection.id)) === undefined) return;
    await engine.storage.records.set(stepNamespace(connection.id), new Map([[KEY, value]]), fence);
  });
}
