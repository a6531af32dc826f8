import type { Contact, GroupAddress, MediaFile, MessageStatus } from "@wadesk/core";

/** One message of a chat, as the application keeps it. */
export interface ChatMessage {
  /** The event's key of one that came in, an id of ours of one that goes out: who adds it twice adds it once. */
  readonly id: string;
  readonly workspaceId: string;
  /** The person, whichever channel they write on, or the group. */
  readonly chat: string;
  /** Who it is with, as far as this message tells. */
  readonly name: string | undefined;
  readonly to: Contact | GroupAddress | string;
  readonly isOurs: boolean;
  /** `text`, `image`, `template` and whatever else came. */
  readonly kind: string;
  readonly text: string;
  /** A picture: where it is with the vendor and on which connection it came, or its bytes. */
  readonly picture?: StoredPicture;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly status?: MessageStatus;
  readonly failure?: string;
}

/** Where a picture is. */
export type StoredPicture =
  | { readonly media: MediaFile; readonly connectionId: string }
  | { readonly bytes: Uint8Array; readonly mimeType: string };

/** The newest of one chat. */
export interface ChatHead {
  readonly chat: string;
  readonly name: string;
  readonly text: string;
  readonly at: number;
}

/** The types of pictures that are sent and shown; an SVG, which may hold a script, is none. */
export const PICTURE_TYPES: readonly string[] = ["image/jpeg", "image/png", "image/webp"];
