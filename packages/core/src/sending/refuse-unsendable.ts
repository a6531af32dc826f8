import { WadeskError } from "../errors/wadesk-error.ts";
import type { MediaData, OutboundContent } from "../model/content.ts";
import type { AnyChannel } from "../ports/channel.ts";

/** Refuses with `content_unsupported` what a channel cannot send. */
export function refuseUnsendable(channel: AnyChannel, content: OutboundContent<MediaData>): void {
  if (channel.content.has(content.kind)) return;
  throw new WadeskError("content_unsupported", { detail: `${channel.kind} cannot send "${content.kind}"` });
}
