/** One check of what was typed, as a person sees it: `skipped` once nothing more comes. */
export interface CheckRow {
  readonly name: string;
  readonly state: "waiting" | "running" | "passed" | "failed" | "skipped";
  /** What the channel or the vendor's dialog says of it, in English. */
  readonly detail?: string;
}

/** A check as it is told. */
export type ToldCheck = Omit<CheckRow, "state"> & { readonly state: "running" | "passed" | "failed" };

const ORDERS: Readonly<Record<string, readonly string[]>> = {
  "cloud-api": ["access_token", "phone_number", "number_details", "business", "webhooks"],
  twilio: ["account", "sender"],
};

/** The checks that a channel makes of an input, in their order, as far as they are known beforehand. */
export function orderOf(channel: string, input: Readonly<Record<string, unknown>>): readonly string[] {
  const order = ORDERS[channel] ?? [];
  const without = order.filter((name) => !((name === "business" && input.businessId) || (name === "sender" && input.mode === "sandbox")));
  return [...(channel === "cloud-api" && input.appId ? ["app"] : []), ...without, ...(input.override === true ? ["callback"] : [])];
}

/** The checks with how each stands, newest word of each; `ended` once the attempt is over. */
export function checksOf(order: readonly string[], told: readonly ToldCheck[], ended = false): readonly CheckRow[] {
  const newest = new Map(told.map((check) => [check.name, check]));
  const names = [...order, ...[...newest.keys()].filter((name) => !order.includes(name))];
  const last = names.findLastIndex((name) => newest.has(name));
  return names.flatMap((name, index): readonly CheckRow[] => {
    const check = newest.get(name);
    if (check !== undefined) return [{ ...check, state: check.state === "running" && ended ? "failed" : check.state }];
    // what was passed by is no check of this input
    return index < last ? [] : [{ name, state: ended ? "skipped" : "waiting" }];
  });
}

/** How many have passed, of how many. */
export function passedOf(rows: readonly CheckRow[]): { readonly passed: number; readonly of: number } {
  return { passed: rows.filter(({ state }) => state === "passed").length, of: rows.length };
}
