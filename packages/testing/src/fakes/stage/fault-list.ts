/** What every fault has. It strikes once, or as often as `times` says; `operation` narrows it to one operation. */
export interface AnyFault {
  readonly kind: string;
  readonly times?: number;
  readonly operation?: string;
}

/** A fault that was asked for. */
export interface FaultHandle {
  /** Ends it early; what it held or gathered goes out in order. */
  end(): void;
  /** Whether it has struck as often as it was to. */
  readonly spent: boolean;
}

/** The faults that are waiting to strike. */
export interface FaultList<Fault extends AnyFault> {
  add(fault: Fault, whenEnded?: () => void): FaultHandle;
  /** The first waiting fault of these kinds, counted as struck. */
  take<Kind extends Fault["kind"]>(kinds: readonly Kind[], operation?: string): Extract<Fault, { readonly kind: Kind }> | undefined;
}

/** Keeps faults in the order they were asked for. */
export function faultList<Fault extends AnyFault>(): FaultList<Fault> {
  const waiting: { readonly fault: Fault; left: number }[] = [];
  return {
    add: (fault, whenEnded) => {
      // what is held stays held until the test ends it
      const entry = { fault, left: fault.times ?? (fault.kind === "webhooks_held" ? Number.POSITIVE_INFINITY : 1) };
      waiting.push(entry);
      return {
        end: () => {
          entry.left = 0;
          whenEnded?.();
        },
        get spent() {
          return entry.left <= 0;
        },
      };
    },
    take: <Kind extends Fault["kind"]>(kinds: readonly Kind[], operation?: string) => {
      const found = waiting.find(
        ({ fault, left }) =>
          left > 0 && (kinds as readonly string[]).includes(fault.kind) && (fault.operation === undefined || fault.operation === operation),
      );
      if (!found) return undefined;
      found.left -= 1;
      return found.fault as unknown as Extract<Fault, { readonly kind: Kind }>;
    },
  };
}
