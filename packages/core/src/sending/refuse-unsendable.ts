import { WadeskError } from "../errors/wadesk-error.ts";
import type { OutboundContent } from "../model/content.ts";
import type { Recipient } from "../model/group.ts";
import type { MediaData } from "../model/content/media-content.ts";
import type { OutboundMessage } from "../model/message.ts";
import type { AnyChannel, ContentExtra } from "../ports/channel.ts";

/** What is to go out, and how. */
export interface Sendable extends Pick<OutboundMessage, "fallback"> {
  readonly content: OutboundContent<MediaData>;
  readonly to: Recipient;
}

/** Refuses with `content_unsupported` what a channel cannot send. */
export function refuseUnsendable(channel: AnyChannel, { content, to, fallback }: Sendable): void {
  const refuse = (what: string): never => {
    throw new WadeskError("content_unsupported", { detail: `${channel.kind} cannot ${what}` });
  };
  if (to.groupId !== undefined && channel.groups !== true) refuse("write to groups");
  for (const extra of extrasOf(content)) if (channel.extras?.has(extra) !== true) refuse(`send ${WORDS[extra]}`);
  if (channel.content.has(content.kind)) return;
  if (channel.fallbacks?.has(content.kind) !== true) refuse(`send "${content.kind}"`);
  if (fallback !== "text") refuse(`send "${content.kind}"; with fallback: "text" it goes out as text with numbers to answer by`);
}

const WORDS: Readonly<Record<ContentExtra, string>> = { mentions: "mentions", viewOnce: "what shows itself once; leave viewOnce out" };

function extrasOf(content: OutboundContent<MediaData>): readonly ContentExtra[] {
  return [
    ...("mentions" in content && content.mentions && content.mentions.length > 0 ? (["mentions"] as const) : []),
    ...("viewOnce" in content && content.viewOnce === true ? (["viewOnce"] as const) : []),
  ];
}
