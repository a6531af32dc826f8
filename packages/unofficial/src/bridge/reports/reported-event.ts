import type { WadeskEvent } from "@wadesk/core";
import { contactOrder } from "@wadesk/core/ports";
import type { ReportedEvent } from "../../bridge-protocol/messages/reports.ts";

/**
 * An event of the bridge's client as a channel within the app would tell it. `reference` is the app's id of the message that a status is about, where the app sent
 * it through this bridge: by it a message whose answer was lost is known to have gone out.
 */
export function reportedEvent(event: WadeskEvent, reference?: string): ReportedEvent {
  const { key, at, type, chat } = event;
  const { connection, ...rest } = event.data;
  const {
    standing: _standing,
    message: _message,
    ...data
  } = rest as typeof rest & { readonly standing?: unknown; readonly message?: unknown };
  const { route } = connection;
  const place = { key, route, ...placeOf(route, chat, data), at };
  return { ...place, type, data: { ...data, ...(reference !== undefined && { reference }) } } as unknown as ReportedEvent;
}

// what concerns a person is ordered by both of their names, as the channel has it; a group by itself
function placeOf(route: string, chat: string | undefined, data: object): Pick<ReportedEvent, "orderKey" | "phoneOrderKey"> {
  if ("contact" in data && !("groupId" in data && data.groupId !== undefined)) return contactOrder(route, data.contact as never);
  return { orderKey: chat ?? `${route}|other` };
}
