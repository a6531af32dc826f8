import type { OwnedEvent } from "@wadesk/core";
import { broken, type Flaw } from "./flaw.ts";

const without = ({ phoneOrderKey: _gone, ...event }: OwnedEvent): OwnedEvent => event as OwnedEvent;

/** What may be wrong with how a storage joins two names of one contact. */
export const NAME_FLAWS: readonly Flaw[] = [
  [
    "takes each name for a contact of its own",
    "two names of one contact are one order from the event on that tells both, whichever was known before",
    broken("inbox", (own) => ({ add: (events) => own.add(events.map(without)) })),
  ],
  [
    "learns nothing from a call of several events",
    "two names of one contact are one order when all of it comes in one call",
    broken("inbox", (own) => ({ add: (events) => own.add(events.length > 1 ? events.map(without) : events) })),
  ],
  [
    "gives what is new the new name, and forgets what waits under the former one",
    "two names of one contact wait for what is running, resting or given back under the other name, and for nothing when it has died",
    broken("inbox", (own) => {
      const names = new Map<string, string>();
      return {
        add: (events) =>
          own.add(
            events.map((event) => {
              if (event.phoneOrderKey !== undefined) names.set(event.phoneOrderKey, event.orderKey);
              return without({ ...event, orderKey: names.get(event.orderKey) ?? event.orderKey });
            }),
          ),
      };
    }),
  ],
  [
    "takes a claim from its holder when a name is learnt",
    "two names of one contact do not end a claim that runs when the phone is learnt",
    broken("inbox", (own) => {
      const learnt = new Set<string>();
      return {
        add: (events) => {
          for (const { orderKey, phoneOrderKey } of events) if (phoneOrderKey !== undefined) learnt.add(orderKey);
          return own.add(events);
        },
        renew: async (claim, ...rest) => !learnt.has(claim.event.orderKey) && own.renew(claim, ...rest),
      };
    }),
  ],
  [
    "shows an event by the name that it came by",
    "two names of one contact are shown as they are handled: what came by the phone alone has the order of the id",
    broken("inbox", (own) => {
      const given = new Map<string, string>();
      return {
        add: (events) => {
          for (const { key, orderKey } of events) given.set(key, orderKey);
          return own.add(events);
        },
        list: async (workspaceId, request) => {
          const { items, ...rest } = await own.list(workspaceId, request);
          const shown = items.map(({ event, state }) => ({ event: { ...event, orderKey: given.get(event.key) ?? event.orderKey }, state }));
          return { items: shown, ...rest };
        },
      };
    }),
  ],
  [
    "keeps what a removed connection had waiting",
    "two names of one contact hold nobody up once they are forgotten with their connection",
    broken("inbox", () => ({ deleteOfConnection: async () => {} })),
  ],
  [
    "orders by the name that an event came by, whatever it has learnt",
    "two names of one contact never run at once and keep their order while others work and add",
    broken("inbox", (own) => {
      let learnt = false;
      return {
        add: (events) => {
          const apart = events.map((event) =>
            learnt && event.phoneOrderKey === undefined ? { ...event, orderKey: `${event.orderKey} apart` } : event,
          );
          learnt ||= events.some(({ phoneOrderKey }) => phoneOrderKey !== undefined);
          return own.add(apart);
        },
      };
    }),
  ],
  [
    "loses an event whose second name it cannot keep",
    "two names of one contact are taken whatever they hold, and nothing is lost where they are too awkward to be one",
    broken("inbox", (own) => ({
      add: (events) => own.add(events.filter(({ phoneOrderKey = "" }) => phoneOrderKey.isWellFormed() && !phoneOrderKey.includes("\0"))),
    })),
  ],
];
