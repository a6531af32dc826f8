import type { InteractiveHeader } from "../../model/content/interactive-content.ts";
import type { TemplateParameter } from "../../model/content/template-content.ts";
import type { OutboundContent } from "../../model/content.ts";
import type { MediaData, MediaFile } from "../../model/content/media-content.ts";

/** Takes the place of a file's bytes, or of its address. `field` is where in the message it stands. */
export type Replace = (file: Replaced, field: string) => Promise<MediaFile>;

/** What is replaced: bytes, and an address where it is to be brought as well. */
export type Replaced = MediaData | (MediaFile & { readonly url: string });

/** How files are replaced. */
export interface Replacing {
  readonly replace: Replace;
  /** Whether those at addresses are too. */
  readonly addresses: boolean;
}

/** Whether no bytes stand anywhere in what is to be sent. */
export function holdsNoData(content: OutboundContent<MediaData>): content is OutboundContent {
  return !placesOf(content).some((place) => "media" in place && "data" in place.media);
}

type Place = { readonly media: MediaFile | MediaData } | InteractiveHeader<MediaData> | TemplateParameter<MediaData>;

function placesOf(content: OutboundContent<MediaData>): readonly Place[] {
  if ("media" in content) return [content];
  if (content.kind === "template") return [...(content.header ? [content.header] : []), ...(content.body ?? [])];
  return (content.kind === "buttons" || content.kind === "cta_url") && content.header !== undefined ? [content.header] : [];
}

/** Whether a file is named by its address alone anywhere in what is to be sent. */
export function holdsAddress(content: OutboundContent<MediaData>): boolean {
  return placesOf(content).some((place) => "media" in place && isAddress(place.media));
}

function isAddress(media: MediaFile | MediaData): media is MediaFile & { readonly url: string } {
  return "url" in media && media.url !== undefined && media.id === undefined;
}

/** The same content with another reference wherever bytes stood, and where `addresses` says so an address, one after the other. */
export async function withFiles(content: OutboundContent<MediaData>, replacing: Replacing): Promise<OutboundContent> {
  switch (content.kind) {
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker":
      return { ...content, media: await fileOf(content.media, "content.media", replacing) };
    case "template": {
      const { header, body, ...rest } = content;
      const filled = header && (await parameterWith(header, "content.header", replacing));
      const values: TemplateParameter[] = [];
      for (const [index, each] of (body ?? []).entries()) values.push(await parameterWith(each, `content.body.${index}`, replacing));
      return { ...rest, ...(filled && { header: filled }), ...(body && { body: values }) };
    }
    case "buttons":
    case "cta_url": {
      const { header, ...rest } = content;
      return header === undefined ? rest : { ...rest, header: await headerWith(header, replacing) };
    }
    default:
      return content;
  }
}

async function parameterWith(parameter: TemplateParameter<MediaData>, field: string, replacing: Replacing): Promise<TemplateParameter> {
  if (!("media" in parameter)) return parameter;
  return { ...parameter, media: await fileOf(parameter.media, `${field}.media`, replacing) };
}

async function headerWith(header: InteractiveHeader<MediaData>, replacing: Replacing): Promise<InteractiveHeader> {
  if (!("media" in header)) return header;
  return { ...header, media: await fileOf(header.media, "content.header.media", replacing) };
}

async function fileOf(media: MediaFile | MediaData, field: string, { replace, addresses }: Replacing): Promise<MediaFile> {
  if ("data" in media) return replace(media, field);
  return addresses && isAddress(media) ? replace(media, field) : media;
}
