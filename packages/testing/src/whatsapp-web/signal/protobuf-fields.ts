/** The fields of a Protobuf message by their numbers; Signal's messages have numbers and bytes alone. */
export type Fields = Readonly<Record<number, number | Uint8Array | undefined>>;

/** Encodes fields in the order of their numbers; undefined ones are left out. */
export function encodeFields(fields: Fields): Buffer {
  const parts: Buffer[] = [];
  for (const [name, value] of Object.entries(fields)) {
    const number = Number(name);
    if (typeof value === "number") parts.push(varint((number << 3) | 0), varint(value));
    else if (value !== undefined) parts.push(varint((number << 3) | 2), varint(value.length), Buffer.from(value));
  }
  return Buffer.concat(parts);
}

/** Reads the fields of a message. Throws when it is cut off or holds a kind of field that Signal does not use. */
export function decodeFields(bytes: Uint8Array): Fields {
  const fields: Record<number, number | Uint8Array> = {};
  let at = 0;
  const next = (): number => {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = bytes[at];
      if (byte === undefined) break;
      at += 1;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
    throw new Error("a Signal message is cut off");
  };
  while (at < bytes.length) {
    const key = next();
    const value = next();
    if ((key & 7) === 0) fields[key >> 3] = value;
    else if ((key & 7) === 2 && at + value <= bytes.length) {
      fields[key >> 3] = bytes.subarray(at, at + value);
      at += value;
    } else throw new Error("a Signal message is not well formed");
  }
  return fields;
}

/** A field that has to be bytes. */
export function bytesField(fields: Fields, number: number): Buffer {
  const value = fields[number];
  if (!(value instanceof Uint8Array)) throw new Error(`a Signal message lacks its field ${number}`);
  return Buffer.from(value);
}

/** A field that has to be a number; 0 where it is left out, as Protobuf says. */
export function numberField(fields: Fields, number: number): number {
  const value = fields[number] ?? 0;
  if (typeof value !== "number") throw new Error(`field ${number} of a Signal message is no number`);
  return value;
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let left = value;
  while (left > 127) {
    bytes.push((left % 128) | 128);
    left = Math.floor(left / 128);
  }
  return Buffer.from([...bytes, left]);
}
