import type { Contact } from "../contact.ts";

/** Where a media file is: a public http(s) URL, the vendor's media id, or both (inbound). */
export type MediaReference =
  | {
      /** Where it lies; of what is to be sent, an address that the vendor can open. */
      readonly url: string;
      /** The vendor's id of the file, which counts for the connection that it came in on or was uploaded from. */
      readonly id?: string;
    }
  | {
      /** The vendor's id of the file, which counts for the connection that it came in on or was uploaded from. */
      readonly id: string;
      /** Where it lies; of what is to be sent, an address that the vendor can open. */
      readonly url?: string;
    };

/** A file as it came in. `id` and `url` are the vendor's; both may be short-lived and need its credentials. */
export type MediaFile = MediaReference & {
  /** As the vendor says, e.g. `image/jpeg`. */
  readonly mimeType?: string;
  /** As the vendor says, in hex or base64. */
  readonly sha256?: string;
};

/** A file as bytes. What can be read only once is read once: a stream is used up by the send it is given to. */
export type FileData = Uint8Array | Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** A file at hand, in place of a reference: it is brought to the vendor, and the message goes out with the id that it has there. */
export interface MediaData {
  /** The bytes. */
  readonly data: FileData;
  /** E.g. `image/jpeg`. */
  readonly mimeType: string;
}

/**
 * An image, video, audio, document or sticker. Captions exist on images, videos and documents, file names on documents. `Own` is what may stand
 * in the place of a reference: {@link MediaData} in what an application sends.
 */
export interface MediaContent<Own = never> {
  /** As what it is shown: a picture may also go as a document, which nobody makes smaller. */
  readonly kind: "image" | "video" | "audio" | "document" | "sticker";
  /** The file, by reference or as bytes; of what came in, what `workspace.media.download` takes. */
  readonly media: MediaFile | Own;
  /** The words below an image, a video or a document. Meta takes 1024 characters. */
  readonly caption?: string;
  /** What a document is seen as, its ending with it. */
  readonly fileName?: string;
  /** An audio recorded as a voice note. */
  readonly voice?: boolean;
  /** A sticker that moves. */
  readonly animated?: boolean;
  /** An image, video or voice note that shows itself once. */
  readonly viewOnce?: boolean;
  /** Who is named in the caption, as in a text. */
  readonly mentions?: readonly Contact[];
  /** A small JPEG as base64, 32 KB at most, shown until the file is there. A channel whose vendor makes its own leaves it out. */
  readonly thumbnail?: string;
  /** How long an audio or a video is, in seconds. */
  readonly seconds?: number;
  /** How loud a voice note is over its time: 64 whole numbers from 0 to 100. */
  readonly waveform?: readonly number[];
  /** In pixels. */
  readonly width?: number;
  /** In pixels. */
  readonly height?: number;
}
