import type { SealedRecords } from "@wadesk/core/ports";
import type { Baileys, Credentials } from "../baileys/baileys.ts";
import { CREDENTIALS_KEY, recordOf, recordValues } from "../auth/record-values.ts";

/** So many records go into one transaction. */
const AT_ONCE = 500;

/** Stores a device that was linked elsewhere. Its credentials come last: without them there is no device. */
export async function storeSession(
  baileys: Baileys,
  records: Pick<SealedRecords, "set">,
  credentials: Credentials,
  keys: readonly { readonly type: string; readonly id: string; readonly value: unknown }[],
): Promise<void> {
  const values = recordValues(baileys);
  for (let at = 0; at < keys.length; at += AT_ONCE) {
    const some = keys.slice(at, at + AT_ONCE).map(({ type, id, value }) => [recordOf(type, id), values.key(value)] as const);
    await records.set(new Map(some));
  }
  await records.set(new Map([[CREDENTIALS_KEY, values.credentials(credentials)]]));
}
