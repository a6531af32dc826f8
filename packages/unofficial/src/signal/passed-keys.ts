interface ChainState {
  readonly senderSigningKey?: { readonly private?: { readonly data?: unknown } };
  readonly senderMessageKeys?: readonly unknown[];
}

/** How the private half of a signing key begins where there is one; whoever only reads a chain has an empty one there. */
const OWN = Buffer.from('"private":{"type":"Buffer","data":[');
const EMPTY = "]".charCodeAt(0);

/**
 * For Baileys 7.0.0-rc14, which passes over every other key of the own chain when it writes to a group, and keeps each that it passed over, up to 2,000 of them: the record
 * that is read and written with each message grows with it. Here the record of a chain of one's own loses them: they open what nobody was sent. Another's stays as it is. Pure.
 */
export function withoutPassedKeys(record: unknown): unknown {
  if (!(record instanceof Uint8Array)) return record;
  const bytes = Buffer.from(record.buffer, record.byteOffset, record.byteLength);
  const place = bytes.indexOf(OWN);
  if (place === -1 || bytes[place + OWN.length] === EMPTY) return record;
  const states: unknown = JSON.parse(bytes.toString());
  return Array.isArray(states) ? Buffer.from(JSON.stringify(states.map(withoutPassed))) : record;
}

function withoutPassed(state: ChainState): ChainState {
  const own = state.senderSigningKey?.private?.data;
  return Array.isArray(own) && own.length > 0 ? { ...state, senderMessageKeys: [] } : state;
}
