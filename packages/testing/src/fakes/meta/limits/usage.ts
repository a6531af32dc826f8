import type { MetaState } from "../state.ts";
import { graphError } from "../graph/graph-error.ts";
import type { OperationDemand } from "../graph/operation.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
// of an app and an account, in an hour (Meta, "About the platform", rate limits)
const LIMIT = 5000;
const LIMIT_WITHOUT_NUMBER = 200;

/** Whose call it is that is counted. */
export interface Counted {
  readonly appId: string;
  readonly wabaId: string;
}

/** Whether an operation manages an account; messages and files have limits of their own. */
export function manages({ scopes }: OperationDemand): boolean {
  return scopes.includes("whatsapp_business_management");
}

/**
 * Counts a call that manages an account, and answers `X-Business-Use-Case-Usage` as Meta sends it with each of them. Throws 80007 with the minutes until access
 * is regained once an hour's calls are used up.
 */
export function countManaged(state: MetaState, { appId, wabaId }: Counted): Readonly<Record<string, string>> {
  const now = state.clock.now();
  const key = `${appId}/${wabaId}`;
  const calls = (state.managed.get(key) ?? []).filter((at) => at > now - HOUR_MS);
  const limit = limitOf(state, wabaId);
  const full = calls.length >= limit;
  if (!full) calls.push(now);
  state.managed.set(key, calls);
  const [oldest = now] = calls;
  const minutes = full ? Math.ceil((oldest + HOUR_MS - now) / MINUTE_MS) : 0;
  const headers = usageHeader(wabaId, Math.floor((calls.length * 100) / limit), minutes);
  if (full) throw graphError(80007, { subcode: 2446079, headers });
  return headers;
}

/** The header of an account that has used up so many percent of its calls. */
export function usageHeader(wabaId: string, percent: number, minutes: number): Readonly<Record<string, string>> {
  const usage = { type: "whatsapp", call_count: percent, total_cputime: 25, total_time: 25, estimated_time_to_regain_access: minutes };
  return { "x-business-use-case-usage": JSON.stringify({ [wabaId]: [usage] }) };
}

function limitOf(state: MetaState, wabaId: string): number {
  const { callsPerHour } = state.wabas.get(wabaId) ?? {};
  if (callsPerHour !== undefined) return callsPerHour;
  const registered = [...state.numbers.values()].some((number) => number.wabaId === wabaId && number.registered);
  return registered ? LIMIT : LIMIT_WITHOUT_NUMBER;
}
