interface ChainState {
  readonly senderMessageKeys?: readonly LateKey[];
}

interface LateKey {
  readonly seed?: { readonly type?: unknown; readonly data?: unknown };
}

/** How the keys of a chain begin that were passed over, where there are some. */
const SOME = Buffer.from('"senderMessageKeys":[{');

/**
 * For Baileys 7.0.0-rc14, which keeps the keys of a group's messages that have not come yet in a spelling that it does not read again, so that a message that comes after
 * a later one of the same member cannot be opened. Here they are spelled as it reads them. Pure.
 */
export function withLateKeys(record: unknown): unknown {
  if (!(record instanceof Uint8Array)) return record;
  const bytes = Buffer.from(record.buffer, record.byteOffset, record.byteLength);
  if (!bytes.includes(SOME)) return record;
  const states: unknown = JSON.parse(bytes.toString());
  return Array.isArray(states) ? Buffer.from(JSON.stringify(states.map(spelled))) : record;
}

function spelled(state: ChainState): ChainState {
  return { ...state, ...(state.senderMessageKeys && { senderMessageKeys: state.senderMessageKeys.map(spelledKey) }) };
}

function spelledKey(key: LateKey): LateKey {
  const { type, data } = key.seed ?? {};
  return type === "Buffer" && Array.isArray(data)
    ? { ...key, seed: { type, data: Buffer.from(data as number[]).toString("base64") } }
    : key;
}
