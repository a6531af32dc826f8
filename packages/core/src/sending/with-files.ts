import type { InteractiveHeader, MediaData, MediaFile, OutboundContent, TemplateParameter } from "../model/content.ts";

/** Takes the place of a file's bytes. `field` is where in the message they stand. */
export type Replace = (data: MediaData, field: string) => Promise<MediaFile>;

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

/** The same content with a reference wherever bytes stood, one after the other. */
export async function withFiles(content: OutboundContent<MediaData>, replace: Replace): Promise<OutboundContent> {
  switch (content.kind) {
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker":
      return { ...content, media: await fileOf(content.media, "content.media", replace) };
    case "template": {
      const { header, body, ...rest } = content;
      const filled = header && (await parameterWith(header, "content.header", replace));
      const values: TemplateParameter[] = [];
      for (const [index, each] of (body ?? []).entries()) values.push(await parameterWith(each, `content.body.${index}`, replace));
      return { ...rest, ...(filled && { header: filled }), ...(body && { body: values }) };
    }
    case "buttons":
    case "cta_url": {
      const { header, ...rest } = content;
      return header === undefined ? rest : { ...rest, header: await headerWith(header, replace) };
    }
    default:
      return content;
  }
}

async function parameterWith(parameter: TemplateParameter<MediaData>, field: string, replace: Replace): Promise<TemplateParameter> {
  if (!("media" in parameter)) return parameter;
  return { ...parameter, media: await fileOf(parameter.media, `${field}.media`, replace) };
}

async function headerWith(header: InteractiveHeader<MediaData>, replace: Replace): Promise<InteractiveHeader> {
  if (!("media" in header)) return header;
  return { ...header, media: await fileOf(header.media, "content.header.media", replace) };
}

async function fileOf(media: MediaFile | MediaData, field: string, replace: Replace): Promise<MediaFile> {
  return "data" in media ? replace(media, field) : media;
}
