import { WadeskError } from "../errors/wadesk-error.ts";
import type { AnyChannel } from "./channel.ts";

/** The installed channel of a kind. Throws `channel_not_installed`. */
export function channelOf(channels: ReadonlyMap<string, AnyChannel>, kind: string): AnyChannel {
  const channel = channels.get(kind);
  if (channel === undefined) {
    throw new WadeskError("channel_not_installed", { detail: `"${kind}" is asked for, installed: ${[...channels.keys()].join(", ")}` });
  }
  return channel;
}
