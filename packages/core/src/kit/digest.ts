const SEEDS = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f] as const;

/**
 * A digest of a JSON value: 128 bits as hexadecimal, the same whatever order its fields stand in. It tells one webhook item from
 * another and a redelivery from a new item; it guards nothing, since only signed webhooks come this far.
 */
export function digestOf(value: unknown): string {
  const text = canonical(value);
  let digest = "";
  for (const seed of SEEDS) digest += lane(text, seed).toString(16).padStart(8, "0");
  return digest;
}

function lane(text: string, seed: number): number {
  let hash = seed ^ text.length;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) ^ (hash >>> 15);
    hash = (hash << 5) | (hash >>> 27);
  }
  hash = Math.imul(hash ^ (hash >>> 16), seed | 1);
  return (hash ^ (hash >>> 13)) >>> 0;
}

// deeper than anything a vendor sends; a value made to be deeper must not end the stack
const DEEPEST = 100;

function canonical(value: unknown, depth = 0): string {
  if (depth > DEEPEST) return "…";
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const record = value as Record<string, unknown>;
  const fields = Object.keys(record).sort();
  return `{${fields.map((field) => `${JSON.stringify(field)}:${canonical(record[field], depth + 1)}`).join(",")}}`;
}
