import type { Contact, EventType, FailureData, InboundContent, MessageStatus, WadeskEvent } from "@wadesk/core";
import { one } from "./connect.ts";

/** The data is that of the type. */
export function handlers(): void {
  one.process("message.received", async ({ key, data, workspaceId }, { attempt }) => {
    const content: InboundContent = data.content;
    const contact: Contact = data.contact;
    const place: readonly [string, string, string, number] = [key, workspaceId, data.connection.id, attempt];
    if (content.kind === "button_reply") content.title satisfies string;
    // @ts-expect-error a message has no status
    data.status;
    // @ts-expect-error a phone may be absent
    const phone: string = contact.phone;
    // @ts-expect-error an event is not changed
    data.messageId = [...place, phone].join();
  });
  one.process("message.status", ({ data }) => {
    const standing: MessageStatus = data.standing;
    const failure: FailureData | undefined = data.failure;
    const id: string | undefined = data.message?.id;
    // @ts-expect-error a status has no content
    data.content;
    // @ts-expect-error our id is known only where the message was sent through send
    data.message.id;
    // @ts-expect-error the rungs are closed
    if (standing === "seen") return void [failure, id];
  });
  one.process("message.revoked", ({ data }) => {
    const ours: boolean = data.fromBusiness;
    const group: string | undefined = data.groupId;
    // @ts-expect-error what was taken back is gone
    data.content;
    const beside: unknown = data.beside;
    return void [ours, group, beside];
  });
  one.process("conversation.observed", ({ data }) => {
    const status: MessageStatus | undefined = data.status;
    // @ts-expect-error in a group the person may be unknown
    data.contact.phone;
    // @ts-expect-error of a status nothing is said
    data.content.kind;
    return void status;
  });
  one.process("conversation.transferred", ({ data }) => {
    // @ts-expect-error it is gained or lost
    if (data.change === "shared") return;
  });
  // @ts-expect-error a type that does not exist
  one.process("message.sent", () => {});
  // @ts-expect-error what happens in the client itself is not durable
  one.process("connection.changed", () => {});
}

/** Live events are typed by their names, and listening ends by what `on` answers. */
export function listeners(): () => void {
  one.on("connection.changed", ({ connection, previous }) => void [connection.label, previous?.state]);
  one.on("connection.step", ({ step }) => {
    if (step.type === "qr") step.text satisfies string;
    // @ts-expect-error a code has no text
    if (step.type === "code") step.text;
  });
  one.on("event.died", (event, reason) => void [event.key, reason.length]);
  // @ts-expect-error a name that does not exist
  one.on("connection.opened", () => {});
  return one.on("message.received", ({ data }) => void data.contact);
}

/** Any event is told apart by its type. */
export function titleOf(event: WadeskEvent): string {
  if (event.type === "template.changed") return event.data.name;
  // @ts-expect-error not every event has a message
  if (event.data.messageId) return "message";
  const type: EventType = event.type;
  return type;
}
