/** Deeper values are left to the engine, whose copying knows where a value leads back to itself. */
const DEEPEST = 100;

/**
 * A copy of what is kept in memory, so that nobody edits what is stored. Rows and events are plain data, which is copied here several times as fast as by
 * `structuredClone`; whatever is not plain is left to that one.
 */
export function copyOf<Value>(value: Value): Value {
  return copied(value, DEEPEST) as Value;
}

function copied(value: unknown, levels: number): unknown {
  if (typeof value !== "object" || value === null)
    return typeof value === "function" || typeof value === "symbol" ? structuredClone(value) : value;
  if (levels === 0) return structuredClone(value);
  if (Array.isArray(value)) return value.map((each) => copied(each, levels - 1));
  if (Object.getPrototypeOf(value) !== Object.prototype || Object.hasOwn(value, "__proto__")) return structuredClone(value);
  const fields = value as Readonly<Record<string, unknown>>;
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(fields)) copy[name] = copied(fields[name], levels - 1);
  return copy;
}
