import type { InboundContent, MediaContent, MediaFile } from "@wadesk/core";
import { asFlag, asList, asNumber, asRecord, asText, present, type Wire } from "../../wire/wire.ts";
import { readCards } from "./cards.ts";
import { readInteractive } from "./interactive.ts";

type Reader = (message: Wire) => InboundContent | undefined;

const text: Reader = (message) => {
  const body = asRecord(message.text)?.body;
  return typeof body === "string" ? { kind: "text", text: body } : undefined;
};

const media =
  (kind: MediaContent["kind"]): Reader =>
  (message) => {
    const file = asRecord(message[kind]);
    const reference = file && readFile(file);
    return (
      reference &&
      present({
        kind,
        media: reference,
        caption: asText(file.caption),
        fileName: asText(file.filename),
        voice: asFlag(file.voice),
        animated: asFlag(file.animated),
      })
    );
  };

/** A file by its id, its URL or both. */
function readFile(file: Wire): MediaFile | undefined {
  const id = asText(file.id);
  const url = asText(file.url) ?? asText(file.link);
  const facts = present({ mimeType: asText(file.mime_type), sha256: asText(file.sha256) });
  if (id !== undefined) return { id, ...(url !== undefined && { url }), ...facts };
  return url === undefined ? undefined : { url, ...facts };
}

const location: Reader = (message) => {
  const place = asRecord(message.location);
  const latitude = asNumber(place?.latitude);
  const longitude = asNumber(place?.longitude);
  if (latitude === undefined || longitude === undefined) return undefined;
  const facts = { name: asText(place?.name), address: asText(place?.address), url: asText(place?.url) };
  return { kind: "location", latitude, longitude, ...present(facts) };
};

const contacts: Reader = (message) => ({ kind: "contacts", contacts: readCards(message.contacts) });

// taking a reaction back is an empty emoji, or none
const reaction: Reader = (message) => {
  const value = asRecord(message.reaction);
  const messageId = asText(value?.message_id);
  return messageId === undefined ? undefined : { kind: "reaction", messageId, ...present({ emoji: asText(value?.emoji) }) };
};

const button: Reader = (message) => {
  const value = asRecord(message.button);
  const title = asText(value?.text);
  const id = asText(value?.payload) ?? title;
  return id === undefined ? undefined : { kind: "button_reply", id, title: title ?? id };
};

const order: Reader = (message) => {
  const value = asRecord(message.order);
  const catalogId = asText(value?.catalog_id);
  if (catalogId === undefined) return undefined;
  const items = asList(value?.product_items).flatMap((item) => {
    const product = asRecord(item);
    const productId = asText(product?.product_retailer_id);
    if (productId === undefined) return [];
    const price = asNumber(product?.item_price) ?? 0;
    return [{ productId, quantity: asNumber(product?.quantity) ?? 1, price, currency: asText(product?.currency) ?? "" }];
  });
  return { kind: "order", catalogId, ...present({ text: asText(value?.text) }), items };
};

const unsupported: Reader = (message) => {
  const error = asRecord(asList(message.errors)[0]);
  const reason = asText(asRecord(error?.error_data)?.details) ?? asText(error?.message) ?? asText(error?.title);
  const type = asText(asRecord(message.unsupported)?.type);
  return { kind: "unsupported", ...present({ reason, vendorType: type }) };
};

// a template that the business sent from elsewhere, in an echo
const template: Reader = (message) => {
  const value = asRecord(message.template);
  const name = asText(value?.name);
  const language = asText(asRecord(value?.language)?.code) ?? asText(value?.language);
  return name === undefined || language === undefined ? undefined : { kind: "template", name, language };
};

// one row per Meta type; a Map, because a type named like a method of Object must find no row
const READERS: ReadonlyMap<unknown, Reader> = new Map<string, Reader>([
  ["text", text],
  ["image", media("image")],
  ["video", media("video")],
  ["audio", media("audio")],
  ["document", media("document")],
  ["sticker", media("sticker")],
  ["location", location],
  ["contacts", contacts],
  ["reaction", reaction],
  ["button", button],
  ["interactive", readInteractive],
  ["order", order],
  ["unsupported", unsupported],
  ["template", template],
  ["media_placeholder", () => ({ kind: "media_placeholder" })],
]);

/** Reads what one Meta message says. A type without a row is `unknown`, never an error. */
export function readContent(message: Wire): InboundContent {
  const content = READERS.get(message.type ?? typeOf(message))?.(message);
  if (content !== undefined) return content;
  // a message that Meta could not hand over has errors, whatever its type is called
  if (asList(message.errors).length > 0) return unsupported(message) ?? unknownContent(message);
  return unknownContent(message);
}

// Meta's own example of a location has no type: what a message holds says what it is
function typeOf(message: Wire): string | undefined {
  return Object.keys(message).find((key) => READERS.has(key));
}

function unknownContent(message: Wire): InboundContent {
  return { kind: "unknown", vendorType: asText(message.type) ?? "none" };
}
