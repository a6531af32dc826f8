/** What goes wrong with webhooks on their way to the host. */
export type WebhookFault =
  /** The same webhook several times at once; twice where `copies` is absent. */
  | {
      readonly kind: "webhooks_duplicated";
      /** How many come, the first included; two where absent. */
      readonly copies?: number;
    }
  /** As many webhooks as `count` (two where absent) are gathered and come last first. */
  | {
      readonly kind: "webhooks_reordered";
      /** Two where absent; fewer go out when the fault ends. */
      readonly count?: number;
    }
  /** As many webhooks as `count` (two where absent) are gathered and come as one request. Of Meta alone: Twilio sends each by itself. */
  | {
      readonly kind: "webhooks_batched";
      /** Two where absent; fewer go out when the fault ends. */
      readonly count?: number;
    }
  /** Webhooks wait until the fault ends. */
  | { readonly kind: "webhooks_held" };

/** How a courier does what a fault asks for. */
export interface Shaping<Parcel> {
  /** The next fault of webhooks, counted as struck. */
  take(): WebhookFault | undefined;
  /** Sends one, behind what is on its way in the same lane. */
  send(parcel: Parcel): void;
  /** Sends one several times at once. */
  copy(parcel: Parcel, copies: number): void;
  /** The same parcels in one lane, so that the order asked for is the order of arrival. */
  lined(parcels: readonly Parcel[]): readonly Parcel[];
  /** The same parcels in as few requests as the vendor would make. */
  joined?(parcels: readonly Parcel[]): readonly Parcel[];
}

/** Sends, holds, gathers or copies parcels as the faults say. `release` sends what was held or gathered. */
export function webhookShaping<Parcel>(how: Shaping<Parcel>): { shape(parcel: Parcel): void; release(): void } {
  const held: Parcel[] = [];
  const gathered: { readonly parcels: Parcel[]; readonly count: number; readonly deliver: () => void }[] = [];

  const flush = (group: (typeof gathered)[number]): void => {
    gathered.splice(gathered.indexOf(group), 1);
    group.deliver();
  };
  const gather = (parcel: Parcel, count: number, arranged: (parcels: readonly Parcel[]) => readonly Parcel[]): void => {
    const parcels = [parcel];
    gathered.push({ parcels, count, deliver: () => arranged(parcels).forEach(how.send) });
  };

  return {
    shape: (parcel) => {
      const open = gathered.find((group) => group.parcels.length < group.count);
      if (open) {
        open.parcels.push(parcel);
        if (open.parcels.length === open.count) flush(open);
        return;
      }
      const fault = how.take();
      if (fault?.kind === "webhooks_held") held.push(parcel);
      else if (fault?.kind === "webhooks_reordered") gather(parcel, fault.count ?? 2, (parcels) => how.lined([...parcels].reverse()));
      else if (fault?.kind === "webhooks_batched") gather(parcel, fault.count ?? 2, (parcels) => how.joined?.(parcels) ?? parcels);
      else if (fault?.kind === "webhooks_duplicated") how.copy(parcel, fault.copies ?? 2);
      else how.send(parcel);
    },
    release: () => {
      for (const group of [...gathered]) flush(group);
      for (const parcel of held.splice(0)) how.send(parcel);
    },
  };
}
