import type { FetchFile, OpenedMedia, SessionVoice } from "@wadesk/core/ports";
import { attributeOf, plainText } from "./html-text.ts";

/** What the first link of a text shows, in the fields of `extendedTextMessage`. */
export interface LinkPreview {
  /** The link as it stands in the text. */
  readonly matchedText: string;
  readonly title: string;
  readonly description?: string;
  readonly jpegThumbnail?: Uint8Array;
  readonly previewType: 0;
}

/** What a preview is fetched with. */
export interface PreviewParts {
  /** Goes to public addresses alone, over https, and looks at each redirect. */
  readonly fetchFile: FetchFile;
  readonly after: SessionVoice["after"];
}

/** How long the page and its picture may take together, in milliseconds. */
const PATIENCE_MS = 5000;
/** What is told of a page stands at its beginning. In bytes. */
const LARGEST_HEAD = 256 * 1024;
/** A larger picture has no place in a message, and none is made smaller here. In bytes. */
const LARGEST_PICTURE = 64 * 1024;
const LONGEST = 300;
/** So many tags are looked at, each so long, that no page keeps us busy. */
const MOST_TAGS = 200;
const CLOSING = ".,;:!?)]}'*_~";

/** Fetches the preview of a text's first link. Nothing where there is no link, it leads elsewhere than to the public internet, or it tells nothing in five seconds. */
export async function fetchPreview(text: string, { fetchFile, after }: PreviewParts): Promise<LinkPreview | undefined> {
  const link = firstLink(text);
  if (link === undefined || !URL.canParse(link)) return undefined;
  const over = Promise.withResolvers<undefined>();
  const cancel = after(PATIENCE_MS, () => over.resolve(undefined));
  let read: LinkPreview | undefined;
  const work = async (): Promise<LinkPreview | undefined> => {
    const page = await bytesFrom(fetchFile, link, /^(text\/html|application\/xhtml\+xml)\b/i, LARGEST_HEAD, "cut");
    const told = page && readPage(link, new TextDecoder().decode(page));
    read = told?.shown;
    const picture = told?.picture;
    if (read === undefined || picture === undefined) return read;
    const jpegThumbnail = await bytesFrom(fetchFile, picture, /^image\/jpeg\b/i, LARGEST_PICTURE, "refuse").catch(() => undefined);
    return { ...read, ...(jpegThumbnail && { jpegThumbnail }) };
  };
  try {
    // a page without its picture is a preview too
    return (await Promise.race([work(), over.promise])) ?? read;
  } catch {
    return undefined;
  } finally {
    cancel();
  }
}

/** The first link of a text without what closes a sentence behind it. */
function firstLink(text: string): string | undefined {
  const [link] = /https?:\/\/[^\s<>"]+/i.exec(text) ?? [];
  let end = link?.length ?? 0;
  // from the end: a pattern would look through the whole link from each of its dots
  while (link !== undefined && end > 0 && CLOSING.includes(link.charAt(end - 1))) end -= 1;
  return link?.slice(0, end);
}

async function bytesFrom(
  fetchFile: FetchFile,
  url: string,
  type: RegExp,
  most: number,
  beyond: "cut" | "refuse",
): Promise<Uint8Array | undefined> {
  const { file } = await fetchFile({ url });
  if (file === undefined) return undefined;
  if (!type.test(file.mimeType ?? "") || (beyond === "refuse" && (file.sizeBytes ?? 0) > most)) {
    await file.stream.cancel();
    return undefined;
  }
  return readSome(file, most, beyond);
}

async function readSome({ stream }: OpenedMedia, most: number, beyond: "cut" | "refuse"): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  // leaving the loop cancels the stream
  for await (const part of stream) {
    parts.push(part);
    size += part.length;
    if (size > most) return beyond === "cut" ? Buffer.concat(parts).subarray(0, most) : undefined;
  }
  return Buffer.concat(parts);
}

function readPage(link: string, html: string): { readonly shown: LinkPreview; readonly picture: string | undefined } | undefined {
  const metas = metasOf(html);
  const title = metas.get("og:title") ?? metas.get("twitter:title") ?? plainText(/<title[^>]{0,200}>([^<]{0,2000})/i.exec(html)?.[1]);
  if (title === undefined) return undefined;
  const description = metas.get("og:description") ?? metas.get("description");
  const picture = metas.get("og:image:secure_url") ?? metas.get("og:image") ?? metas.get("twitter:image");
  const shown: LinkPreview = {
    matchedText: link,
    title: title.slice(0, LONGEST),
    ...(description !== undefined && { description: description.slice(0, LONGEST) }),
    previewType: 0,
  };
  return { shown, picture: picture !== undefined && URL.canParse(picture, link) ? new URL(picture, link).href : undefined };
}

/** What a page says of itself, by name; of what it says twice the first. */
function metasOf(html: string): ReadonlyMap<string, string> {
  const metas = new Map<string, string>();
  let count = 0;
  for (const [tag] of html.matchAll(/<meta\s[^>]{1,1000}>/gi)) {
    count += 1;
    if (count > MOST_TAGS) break;
    const name = (attributeOf(tag, "property") ?? attributeOf(tag, "name"))?.toLowerCase();
    const value = plainText(attributeOf(tag, "content"));
    if (name !== undefined && value !== undefined && !metas.has(name)) metas.set(name, value);
  }
  return metas;
}
