import { type Connection, isWadeskError } from "@wadesk/core";
import type { ConnectionContext, Line, LineGroups, LineMedia } from "@wadesk/core/ports";
import { askBridge, bridgeOf } from "./ask-bridge.ts";
import type { BridgedDetails, BridgedSecret, BridgedSettings } from "../bridged-options.ts";
import { remoteGroups } from "./remote-groups.ts";
import { remoteMedia } from "./remote-media.ts";
import { healthOf } from "../health-of.ts";

/** All of a line that goes through a bridge. */
export interface RemoteLine extends Line<BridgedDetails> {
  readonly media: Required<LineMedia>;
  readonly groups: LineGroups;
}

/** The line of one number whose session a bridge keeps: each call goes there, from whichever process of the app. */
export function remoteLine(
  timeoutMs: number,
  { route, epoch }: Pick<Connection<BridgedDetails>, "route" | "epoch">,
  context: ConnectionContext<BridgedSettings, BridgedSecret>,
): RemoteLine {
  const { bridge } = context.secret;
  const asking = { ...context, bridge, timeoutMs };
  return {
    send: ({ id, to, content, replyTo, fallback }) => askBridge(asking, "send", { route, id, to, content, replyTo, fallback }),
    async check() {
      const number = await askBridge(asking, "check", { route });
      const signals = healthOf(number, context.now()).map((health) => ({ ...health, epoch }));
      const { details, facts, warnings } = number;
      return { signals, details: { ...details, bridge }, ...(facts !== undefined && { facts }), warnings };
    },
    async disconnect() {
      // one that is configured no longer never reports again
      bridgeOf(await context.settings(), bridge);
      try {
        await askBridge(asking, "disconnect", { route });
        return;
      } catch (error) {
        if (!isWadeskError(error, "bridge_unreachable")) throw error;
        context.log.warn(
          { bridge, reason: error.message },
          "a number has ended here and its bridge is away; it is logged out when that is back",
        );
        return "later";
      }
    },
    async markRead({ messageId, typing }) {
      await askBridge(asking, "read", { route, messageId, typing });
    },
    media: remoteMedia(route, asking),
    groups: remoteGroups(route, asking),
  };
}
