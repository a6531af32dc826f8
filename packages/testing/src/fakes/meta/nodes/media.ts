import { createHash } from "node:crypto";
import type { Faults } from "../faults.ts";
import { type Call, type GraphAnswer, idOf, numberOf, type Operation } from "../graph/call.ts";
import { graphError, parameterRequired, unsupportedRequest } from "../graph/graph-error.ts";
import { refuseMalformed } from "../graph/graph-request.ts";
import { anything, choice, type Fields, mustBe, shape, text } from "../graph/rules.ts";
import type { MediaState } from "../state.ts";
import { mediaLink } from "./media-download.ts";
import { largestSticker } from "./sticker.ts";

const DAY_MS = 86_400_000;
const KEPT_UPLOADED_MS = 30 * DAY_MS;
const MEGABYTE = 1024 * 1024;

/** What may be uploaded, and how large it may be in bytes, after Meta's table of supported media types. A sticker that stands still may be less. */
export const MEDIA_TYPES: Readonly<Record<string, { readonly kind: string; readonly largest: number }>> = Object.fromEntries([
  ...["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg", "audio/opus"].map((type) => [
    type,
    { kind: "audio", largest: 16 * MEGABYTE },
  ]),
  ...[
    "text/plain",
    "application/pdf",
    "application/vnd.ms-powerpoint",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  ].map((type) => [type, { kind: "document", largest: 100 * MEGABYTE }]),
  ...["image/jpeg", "image/png"].map((type) => [type, { kind: "image", largest: 5 * MEGABYTE }]),
  ["image/webp", { kind: "sticker", largest: 500 * 1024 }],
  ...["video/mp4", "video/3gpp"].map((type) => [type, { kind: "video", largest: 16 * MEGABYTE }]),
]);

const UPLOAD = shape(
  { messaging_product: choice("whatsapp") },
  { type: text({ min: 1 }), file: anything, access_token: anything, appsecret_proof: anything },
);

// Graph reads parameters of a form from the query too
const IN_QUERY = ["messaging_product", "type"];

/** `POST /{Phone-Number-ID}/media`, multipart. */
export const uploadMedia: Operation = async (call) => {
  const number = numberOf(call);
  refuseMalformed(call.request);
  const { body, url } = call.request;
  const parameters: Fields = { ...Object.fromEntries([...url.searchParams].filter(([name]) => IN_QUERY.includes(name))), ...body };
  UPLOAD(parameters, "");
  const file = call.request.files.get("file");
  if (!file) throw body.file === undefined ? parameterRequired("file") : mustBe("file", "a file, sent as multipart/form-data");
  const stated = String(parameters.type ?? file.type);
  const mimeType = stated.split(";")[0]?.trim().toLowerCase() ?? "";
  const known = MEDIA_TYPES[mimeType];
  if (!known || !call.request.files.has("file")) {
    throw graphError(100, {
      message: `(#100) Param file must be a file with one of the following types: ${Object.keys(MEDIA_TYPES).join(", ")}. Received file of type '${mimeType}'.`,
    });
  }
  if (file.size === 0) throw mustBe("file", "a file that is not empty");
  const bytes = new Uint8Array(await file.arrayBuffer());
  const largest = known.kind === "sticker" ? largestSticker(bytes) : known.largest;
  if (file.size > largest) throw mustBe("file", `at most ${largest} bytes large`);
  const media: MediaState = {
    id: call.state.ids.numeric(16),
    wabaId: number.wabaId,
    numberId: number.id,
    bytes,
    mimeType: stated,
    fileName: file.name,
    goneAt: call.state.clock.now() + KEPT_UPLOADED_MS,
  };
  call.state.media.set(media.id, media);
  return { body: { id: media.id } };
};

/** `GET /{Media-ID}`: a link that lives five minutes. */
export function getMedia(call: Call, faults: Faults): GraphAnswer {
  const media = mediaOf(call);
  const { bytes: size = media.bytes.length } = faults.take(["file_size"], "GET /{Media-ID}") ?? {};
  return {
    body: {
      url: mediaLink(call.state, media, call.request.url),
      mime_type: media.mimeType,
      sha256: createHash("sha256").update(media.bytes).digest("hex"),
      file_size: size,
      id: media.id,
      messaging_product: "whatsapp",
    },
  };
}

/** `DELETE /{Media-ID}`. */
export const deleteMedia: Operation = (call) => {
  call.state.media.delete(mediaOf(call).id);
  return { body: { success: true } };
};

function mediaOf(call: Call): MediaState {
  const media = call.state.media.get(idOf(call));
  if (!media || media.goneAt <= call.state.clock.now()) throw unsupportedRequest(call.request.method, idOf(call));
  const numberId = call.request.url.searchParams.get("phone_number_id");
  if (numberId !== null && numberId !== media.numberId) {
    throw graphError(100, { message: "(#100) Param phone_number_id must be the number that the media belongs to." });
  }
  return media;
}
