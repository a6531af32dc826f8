import { check } from "../connections/check.ts";
import { disconnect, remove } from "../connections/end.ts";
import { type Intent, settleIntent, waitingIntents } from "../connections/lines/intents.ts";
import type { Engine } from "../engine/engine.ts";
import { isWadeskError } from "../errors/wadesk-error.ts";
import { messageOf } from "../runtime/live.ts";

/** Does what other processes left to this one, since it keeps the sessions. What cannot be done says so for an hour. */
export async function carryOut(engine: Engine, kind: string, ids: ReadonlySet<string>): Promise<void> {
  if (ids.size === 0) return;
  // one that is only being opened can do nothing yet, and waits
  const open = new Set([...ids].filter((id) => engine.kept.get(id) !== undefined));
  for (const intent of await waitingIntents(engine, kind, open)) {
    try {
      await perform(engine, intent);
      if (intent.action !== "remove") await settleIntent(engine, kind, intent);
    } catch (error) {
      const { connectionId, action } = intent;
      engine.runtime.log.warn(
        { connectionId, action, reason: messageOf(error) },
        "what was left to the owner of a session could not be done",
      );
      await settleIntent(engine, kind, intent, isWadeskError(error) ? error.code : "provider_unavailable");
    }
  }
}

async function perform(engine: Engine, { workspaceId, connectionId, action }: Intent): Promise<void> {
  if (action === "remove") await remove(engine, workspaceId, connectionId);
  else if (action === "disconnect") await disconnect(engine, workspaceId, connectionId);
  else await check(engine, workspaceId, connectionId);
}
