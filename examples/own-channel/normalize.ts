import { WadeskError } from "@wadesk/core";
import { digestOf, type InboundEvent, type RawRequest, readObject, readTime } from "@wadesk/core/ports";
import { refusalOf } from "./parrot-errors.ts";

/** The route of a line: whose an event is. */
export function routeOf(line: string): string {
  return `parrot:${line}`;
}

/** What Parrot posted, as events: one for each item, in its order. Throws `body_invalid` for what is no webhook of Parrot's. */
export function normalizeParrot({ body }: RawRequest): readonly InboundEvent[] {
  const items = readObject(new TextDecoder().decode(body))?.items;
  if (!Array.isArray(items)) throw new WadeskError("body_invalid", { detail: "it is no JSON object with items" });
  return items.map(eventOf);
}

const STATUSES: ReadonlyMap<unknown, "sent" | "delivered" | "read" | "failed"> = new Map([
  ["accepted", "sent"],
  ["delivered", "delivered"],
  ["seen", "read"],
  ["failed", "failed"],
]);

function eventOf(raw: unknown): InboundEvent {
  const item = typeof raw === "object" && raw !== null ? (raw as Readonly<Record<string, unknown>>) : {};
  const [line, id, person] = [textOf(item.line), textOf(item.id), textOf(item.person)];
  const route = routeOf(line ?? "");
  // seconds on the wire; 0 says that Parrot gave no time
  const at = readTime(typeof item.at === "number" ? item.at * 1000 : undefined) ?? 0;
  const status = STATUSES.get(item.state);
  if (id !== undefined && person !== undefined) {
    const about = { route, orderKey: `${route}|${person}`, at };
    const contact = { phone: person };
    const text = textOf(item.text);
    if (item.type === "message" && text !== undefined) {
      const data = { messageId: id, contact, content: { kind: "text", text }, raw } as const;
      return { ...about, key: `${route}|${person}|${person}|${id}`, type: "message.received", data };
    }
    if (item.type === "status" && status !== undefined) {
      const failure = status === "failed" ? { failure: refusalOf({ error: item.error }).toJSON() } : {};
      const data = { messageId: id, contact, status, ...failure, raw };
      return { ...about, key: `${route}|${person}|${person}|${id}|${status}`, type: "message.status", data };
    }
  }
  // what this version has no word for is kept as it came: a digest is its key, so that a redelivery is known again
  return { route, orderKey: route, at, key: `${route}|${digestOf(raw)}`, type: "event.unknown", data: { raw } };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
