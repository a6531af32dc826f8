import type { MessageContent } from "../delivery/message-content.ts";
import type { ReceivedMessage } from "../delivery/received-message.ts";
import type { World } from "../server/world.ts";
import type { Media } from "./media.ts";
import { mediaContent, type PhoneMedia } from "./media-content.ts";

/** What a person does with files. */
export interface MediaActs {
  /** Puts a file on the media host; answers the content of a message with it, for `send` or a script. */
  attach(media: PhoneMedia): MessageContent;
  /** Fetches the file of a message and opens it. Throws when the host does not have it, or when a checksum, the MAC or the length is wrong. */
  download(message: ReceivedMessage): Buffer;
}

/** The acts of anybody. */
export function mediaActs(world: World, media: Media): MediaActs {
  return {
    attach: (file) => mediaContent(file, media.share(file.kind, file.bytes), world.seconds()),
    download: (message) => media.openMessage(message),
  };
}
