import { check } from "../connections/check.ts";
import { disconnect, remove } from "../connections/end.ts";
import { type Intent, settleIntent, waitingIntents } from "../connections/lines/intents.ts";
import type { Engine } from "../engine/engine.ts";
import { isWadeskError } from "../errors/wadesk-error.ts";
import { messageOf } from "../runtime/live.ts";

/** Opens a session that rests, once for each `asked`; false where it does not rest. */
export type Wake = (connectionId: string, asked: number) => boolean;

/** Does what other processes left to this one, since it keeps the sessions. What cannot be done says so for an hour. */
export async function carryOut(engine: Engine, kind: string, ids: ReadonlySet<string>, wake: Wake): Promise<void> {
  if (ids.size === 0) return;
  for (const intent of await waitingIntents(engine, kind, ids)) {
    if (engine.kept.get(intent.connectionId) === undefined) {
      // one that is only being opened can do nothing yet, and waits; one that rests is opened, which is all that a check can ask of it
      const woken = wake(intent.connectionId, intent.at);
      if (woken && intent.action === "check") await settleIntent(engine, kind, intent);
      continue;
    }
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
