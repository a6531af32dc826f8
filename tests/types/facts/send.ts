import type { Contact, ErrorCode, MediaFile, SentMessage } from "@wadesk/core";
import { ERROR_TABLE, isWadeskError } from "@wadesk/core";
import { one } from "./connect.ts";

const acme = one.workspace("acme");
const to = "+5511999990000";
declare const contact: Contact;

/** To a phone, or to whom an event named. */
export const sent: readonly Promise<SentMessage>[] = [
  acme.send({ to, content: { kind: "text", text: "Hello", preview: true } }),
  acme.send({ to: contact, content: { kind: "image", media: { id: "1" } }, from: "con_1", replyTo: "wamid.1", idempotencyKey: "order-7" }),
  acme.send({ to: { userId: "BR.1" }, content: { kind: "template", name: "hello_world", language: "en_US" } }),
  acme.send({ to, content: { kind: "image", media: { data: new Uint8Array(1), mimeType: "image/png" } } }),
  acme.send({ to, content: { kind: "document", media: { data: new Blob([]).stream(), mimeType: "application/pdf" }, fileName: "a.pdf" } }),
];

/** What was downloaded is a stream, and goes out again as one. */
export async function passedOn(media: MediaFile): Promise<SentMessage> {
  const { stream, mimeType } = await acme.media.download(media, { maxBytes: 1 });
  return acme.send({ to, content: { kind: "video", media: { data: stream, mimeType } } });
}

// @ts-expect-error bytes of which nobody says what they are
void acme.send({ to, content: { kind: "image", media: { data: new Uint8Array(1) } } });
// @ts-expect-error a text is no file
void acme.media.upload({ data: "hello", mimeType: "text/plain" });
// @ts-expect-error nobody to send to
void acme.send({ content: { kind: "text", text: "Hello" } });
// @ts-expect-error nothing to send
void acme.send({ to });
// @ts-expect-error a kind that does not exist
void acme.send({ to, content: { kind: "hologram", text: "Hello" } });
// @ts-expect-error a kind that only comes in
void acme.send({ to, content: { kind: "button_reply", id: "a", title: "A" } });
// @ts-expect-error the fields of another kind
void acme.send({ to, content: { kind: "text", text: "Hello", caption: "Hello" } });
// @ts-expect-error media without a place to get it from
void acme.send({ to, content: { kind: "image", media: {} } });
// @ts-expect-error the vendor's word for a field of ours
void acme.send({ to, content: { kind: "text", body: "Hello" } });
// @ts-expect-error a parameter that is no template's
void acme.send({ to, content: { kind: "template", name: "a", language: "en", body: ["Ana"] } });
// @ts-expect-error a request is closed too
void acme.send({ to, content: { kind: "text", text: "Hello" }, channel: "cloud-api" });
// @ts-expect-error a filter by a state that does not exist
void acme.list({ state: "online" });

/** Failures are told apart by their code, which is closed. */
export function remedyOf(error: unknown): string {
  if (isWadeskError(error, "window_closed")) return "send a template";
  // @ts-expect-error a code that does not exist
  if (isWadeskError(error, "window_shut")) return "never";
  const code: ErrorCode | undefined = isWadeskError(error) ? error.code : undefined;
  return code === undefined ? "unknown" : ERROR_TABLE[code].remedy;
}
