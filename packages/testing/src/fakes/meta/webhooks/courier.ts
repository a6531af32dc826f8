import { errands } from "../../stage/errands.ts";
import { webhookShaping } from "../../stage/webhook-shaping.ts";
import type { Faults } from "../faults.ts";
import { metaJson } from "../meta-json.ts";
import type { MetaState } from "../state.ts";
import { challenge } from "./challenge.ts";
import { type Delivery, post, redeliveryDelay } from "./delivery.ts";

/** One change of one account. */
export interface Notice {
  readonly wabaId: string;
  readonly field: string;
  readonly value: object;
  /** Notices of one chain arrive in order; those of others do not wait for it. */
  readonly chain: string;
}

/** Brings webhooks to the apps that subscribed. */
export interface Courier {
  /** Sends a change to every app subscribed to its account and field. */
  notify(notice: Notice): void;
  /** Runs work in the next turn of the event loop; `settled` waits for it. */
  later(work: () => void): void;
  challenge(url: string, verifyToken: string): Promise<void>;
  /** Resolves when the notices of a chain have arrived, or failed for now. */
  arrived(chain: string): Promise<void>;
  /** Resolves when nothing is on its way; what is due for redelivery or held does not count. */
  settled(): Promise<void>;
  /** Sends what faults gathered or held. */
  release(): void;
  readonly deliveries: readonly Delivery[];
  /** Stops everything that is on its way or due. */
  close(): void;
}

interface Parcel {
  readonly appId: string;
  readonly notices: readonly Notice[];
}

/** Makes a courier. `fetch` is looked up at each call, so that a replaced global one counts. */
export function courier(state: MetaState, faults: Faults, fetchOf: () => typeof fetch): Courier {
  const { clock } = state;
  const deliveries: Delivery[] = [];
  const work = errands(clock);
  const attempt = async (parcel: Parcel, body: string, count: number, firstAt: number): Promise<void> => {
    const target = targetOf(state, parcel);
    if (!target || work.signal.aborted) return;
    const delivery = await post({ ...target, body, attempt: count }, { clock, fetch: fetchOf(), signal: work.signal });
    if (work.signal.aborted) return;
    deliveries.push(delivery);
    if (delivery.status === 200) return;
    const delay = redeliveryDelay(count, clock.now() - firstAt);
    if (delay === undefined) return;
    work.after(delay, () => work.track(attempt(parcel, body, count + 1, firstAt)));
  };

  const dispatch = (parcel: Parcel): void => {
    const chain = `${parcel.appId}|${parcel.notices[0]?.chain}`;
    const body = metaJson(envelope(parcel.notices, clock.now()));
    const firstAt = clock.now();
    work.inLane(chain, () => attempt(parcel, body, 1, firstAt));
  };

  const { shape, release } = webhookShaping<Parcel>({
    take: () => faults.take(["webhooks_held", "webhooks_duplicated", "webhooks_reordered", "webhooks_batched"]),
    send: dispatch,
    copy: (parcel, copies) => {
      const body = metaJson(envelope(parcel.notices, clock.now()));
      for (let copy = 0; copy < copies; copy += 1) work.track(attempt(parcel, body, 1, clock.now()));
    },
    lined: (parcels) => {
      const chain = parcels[0]?.notices[0]?.chain ?? "";
      return parcels.map((parcel) => ({ ...parcel, notices: parcel.notices.map((notice) => ({ ...notice, chain })) }));
    },
    joined,
  });

  return {
    deliveries,
    notify: (notice) => {
      const waba = state.wabas.get(notice.wabaId);
      for (const appId of waba?.subscriptions.keys() ?? []) {
        const webhook = state.apps.get(appId)?.webhook;
        if (webhook?.active && webhook.fields.has(notice.field)) shape({ appId, notices: [notice] });
      }
    },
    later: work.later,
    challenge: (url, verifyToken) => challenge({ url, verifyToken, value: state.ids.numeric(10), fetch: fetchOf() }),
    arrived: (chain) => work.laneDone((lane) => lane.endsWith(`|${chain}`)),
    settled: work.settled,
    release,
    close: work.close,
  };
}

function targetOf(state: MetaState, parcel: Parcel): { readonly url: string; readonly secret: string } | undefined {
  const app = state.apps.get(parcel.appId);
  if (!app?.webhook) return undefined;
  return { url: overrideOf(state, parcel) ?? app.webhook.url, secret: app.secret };
}

// a number's own address counts over its account's; what is no message goes to the app's all the same
function overrideOf(state: MetaState, { appId, notices: [notice] }: Parcel): string | undefined {
  if (notice?.field !== "messages") return undefined;
  const { metadata } = notice.value as { readonly metadata?: { readonly phone_number_id?: string } };
  const number = state.numbers.get(metadata?.phone_number_id ?? "");
  return number?.overrideUrl ?? state.wabas.get(notice.wabaId)?.subscriptions.get(appId)?.overrideUrl;
}

function joined(parcels: readonly Parcel[]): readonly Parcel[] {
  const appIds = [...new Set(parcels.map((parcel) => parcel.appId))];
  return appIds.map((appId) => ({
    appId,
    notices: parcels.filter((parcel) => parcel.appId === appId).flatMap((parcel) => parcel.notices),
  }));
}

function envelope(notices: readonly Notice[], now: number): object {
  const entry = [...new Set(notices.map((notice) => notice.wabaId))].map((id) => {
    const group = notices.filter((notice) => notice.wabaId === id);
    return {
      id,
      // Meta dates every entry but those of messages
      ...(group.every((notice) => notice.field !== "messages") && { time: Math.floor(now / 1000) }),
      changes: group.map(({ field, value }) => ({ value, field })),
    };
  });
  return { object: "whatsapp_business_account", entry };
}
