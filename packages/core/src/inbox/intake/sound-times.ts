import type { InboundEvent } from "../../model/event.ts";
import { readTime } from "../../time/whole-time.ts";

// vendors' clocks and ours differ; a later fact would count as news, and its connection as heard of, until then
const AHEAD_MS = 24 * 60 * 60 * 1000;

/**
 * An event whose times can be stored and compared, whatever its vendor said: whole milliseconds, and for the event itself none that lies more than
 * a day ahead. What is no moment is the moment at which the event was taken in, and in a history none at all: 0, or absent.
 */
export function withSoundTimes(event: InboundEvent, now: number): InboundEvent {
  // no moment too: the vendor gave none
  const at = readTime(event.at, now + AHEAD_MS) || now;
  const health = event.health === undefined ? undefined : soundHealth(event.health);
  const data = soundData(event);
  if (at === event.at && health === event.health && data === event.data) return event;
  return { ...event, at, data, ...(health && { health }) } as InboundEvent;
}

type Health = NonNullable<InboundEvent["health"]>;

function soundHealth(health: Health): Health {
  if (health.type !== "restricted" || health.until === undefined) return health;
  const { until: given, ...rest } = health;
  const until = readTime(given);
  if (until === given) return health;
  return until === undefined ? rest : { ...rest, until };
}

function soundData(event: InboundEvent): InboundEvent["data"] {
  if (event.type === "history.received") {
    const { messages } = event.data;
    if (messages.every(({ at }) => readTime(at) === at)) return event.data;
    return { ...event.data, messages: messages.map((message) => ({ ...message, at: readTime(message.at) ?? 0 })) };
  }
  if (event.type !== "contacts.synced" || event.data.contacts.every(({ at }) => at === undefined || readTime(at) === at)) return event.data;
  const contacts = event.data.contacts.map(({ at: given, ...contact }) => {
    const at = readTime(given);
    return at === undefined ? contact : { ...contact, at };
  });
  return { ...event.data, contacts };
}
