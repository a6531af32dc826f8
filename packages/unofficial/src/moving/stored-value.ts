/** Text within text, as Evolution API stores credentials, and once more where a database did so too. */
const MOST_LAYERS = 3;

/** What `readStored` answers for text that is no JSON. */
export const NO_JSON: unique symbol = Symbol("no JSON");

/**
 * Reads a value as a program of Baileys' has stored it: JSON text, or what that says. Bytes stand in it as `{ type: "Buffer", data }` with base64 or a list of
 * numbers, or, as databases give typed arrays back, as an object of numbers by their index.
 */
export function readStored(value: unknown): unknown {
  let read = value;
  for (let layer = 0; layer < MOST_LAYERS && typeof read === "string"; layer += 1) {
    const parsed = parse(read);
    // a text that is no JSON is a text where it came out of one
    if (parsed === NO_JSON) return layer === 0 ? NO_JSON : read;
    read = parsed;
  }
  return revive(read);
}

/** Reads a text as `readStored` does, where a number in JSON may be what a database made of it. */
export function readText(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const read = parse(value);
  return typeof read === "string" ? read : /^\d+$/.test(value) ? value : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return NO_JSON;
  }
}

function revive(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (Array.isArray(value)) return value.map(revive);
  const bytes = bytesOf(value);
  if (bytes !== undefined) return bytes;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, revive(part)]));
}

function bytesOf(value: object): Buffer | undefined {
  if ("type" in value && value.type === "Buffer" && "data" in value) {
    if (typeof value.data === "string") return Buffer.from(value.data, "base64");
    return listedBytes(value.data);
  }
  const names = Object.keys(value);
  const isList = names.length > 0 && names.every((name, index) => name === String(index));
  return isList ? listedBytes(Object.values(value)) : undefined;
}

function listedBytes(list: unknown): Buffer | undefined {
  const isBytes = Array.isArray(list) && list.every((part) => Number.isInteger(part) && part >= 0 && part <= 255);
  return isBytes ? Buffer.from(list as number[]) : undefined;
}
