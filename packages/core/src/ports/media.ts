import type { MediaContent, MediaReference } from "../model/content/media-content.ts";

/** A file that is about to be read. */
export interface OpenedMedia {
  /** Takes from the vendor only what is read of it; cancelling it ends the vendor's connection. */
  readonly stream: ReadableStream<Uint8Array>;
  /** E.g. `image/jpeg`; absent where nobody says. */
  readonly mimeType?: string;
  /** What the vendor says its size is. Core holds the stream to it. */
  readonly sizeBytes?: number;
  /** As the vendor says. */
  readonly fileName?: string;
  /** What the vendor says its SHA-256 is, in hex or base64. Core holds the stream to it. */
  readonly sha256?: string;
}

/** A file on its way to the vendor. */
export interface OutgoingMedia {
  /** Held by core to the vendor's limit while it is read; read it once and to its end. */
  readonly stream: ReadableStream<Uint8Array>;
  /** E.g. `image/jpeg`. */
  readonly mimeType: string;
  /** What a document is seen as. */
  readonly fileName?: string;
  /** What it is to be sent as, where that is known: some vendors keep a picture otherwise than a document. */
  readonly kind?: MediaContent["kind"];
  /** Absent where it is known only when the stream has ended. */
  readonly sizeBytes?: number;
}

/** What one connected number can do with files: a part of its line, made for one call, or kept by a session for as long as it stands. */
export interface LineMedia {
  /**
   * Opens a file that came in on this number. Another number's, and what the vendor has no longer, is `media_not_found`; what cannot be had now is
   * `media_unavailable`. An address that is not the vendor's goes to `fetchFile` without credentials.
   */
  open(reference: MediaReference, work: MediaWork): Promise<OpenedMedia>;
  /** Brings a file to the vendor and answers its id there, by which it can be sent. Absent where the vendor takes files by their address alone. */
  upload?(file: OutgoingMedia, work: Pick<MediaWork, "signal">): Promise<{ readonly id: string }>;
}

/** What a line is given for one file. */
export interface MediaWork {
  /** The one way to an address that is not the vendor's. */
  readonly fetchFile: FetchFile;
  /** Ends the work on this file, its stream too: it stands still, its owner gave it up, the client stops, or the line's session is lost. */
  readonly signal: AbortSignal;
}

/** What a channel does with files, told before any line is made: what is refused by it costs no opened secret. */
export interface ChannelFiles {
  /** Present where the vendor takes bytes, and its lines have `upload`. */
  readonly upload?: {
    /** How many bytes it takes of a MIME type; nothing where that is not known. */
    largest(mimeType: string): number | undefined;
    /** Whether a file at a public address is brought by core as well, because the vendor takes bytes alone. */
    readonly addresses?: true;
  };
}

/** A file to fetch, and whom to trust on the way. */
export interface FileRequest {
  /** Where it lies. */
  readonly url: string;
  /** Whether an address is the vendor's own, by its name or by what the installation's owner configured: it is asked wherever it lies. */
  readonly isVendors?: (url: URL) => boolean;
  /** The `Authorization` for an address of the vendor's own; nothing where it must not learn it. Asked anew after each redirect. */
  readonly authorizationFor?: (url: URL) => string | undefined;
}

/** What came of fetching one. */
export interface FetchedFile {
  /** Of the last answer, after all redirects. */
  readonly status: number;
  /** There when the status is 200; the body of any other answer is dropped. */
  readonly file?: OpenedMedia;
}

/**
 * The one way to an address that somebody else chose. What is not the vendor's own is reached by https alone, at public addresses alone, with no
 * credentials; so is each further address that a redirect names. Rejects with `media_address_refused` or `media_unavailable`.
 */
export type FetchFile = (request: FileRequest) => Promise<FetchedFile>;
