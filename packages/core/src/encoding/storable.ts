import type { InboundEvent, OwnedEvent } from "../model/event.ts";

/** How many levels of lists and objects an event may have. Vendors have about ten; a hundred are within what every database and encoder takes. */
export const DEEPEST = 100;

/**
 * The event as every storage can keep it: what is nested deeper than `DEEPEST` levels is its JSON text instead, and so is a number or another value
 * that JSON has no word for. The very same event where nothing of that is in it.
 */
export function storableEvent<Event extends InboundEvent | OwnedEvent>(event: Event): Event {
  return storableValue(event);
}

/** The same for anything else that is stored as JSON, such as what a channel tells of a connection. */
export function storableValue<Value>(value: Value): Value {
  return isStorable(value, DEEPEST) ? value : (storable(value, DEEPEST) as Value);
}

/** Whether JSON can say a value in so many levels (ninety when absent), so that it may be a part of an event. */
export function isStorable(value: unknown, levels: number = DEEPEST - 10): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null) return !isNoJson(value);
  if (levels === 0 || (!isPlain(value) && hasOwnWord(value))) return false;
  // every event is walked through, so by the quickest ways that the engine has
  if (Array.isArray(value)) return value.every((each) => isStorable(each, levels - 1));
  const fields = value as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(fields)) if (!isStorable(fields[name], levels - 1)) return false;
  return true;
}

function storable(value: unknown, levels: number): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value !== "object" || value === null) return isNoJson(value) ? String(value) : value;
  if (hasOwnWord(value)) return storable(spoken(value), levels);
  if (levels === 0) return jsonText(value);
  if (Array.isArray(value)) return value.map((each) => storable(each, levels - 1));
  // unlike an assignment, this makes a field of any name, `__proto__` too
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, storable(each, levels - 1)]));
}

function isNoJson(value: unknown): boolean {
  return typeof value === "bigint" || typeof value === "function" || typeof value === "symbol";
}

// a date, say
function hasOwnWord(value: object): value is { toJSON: () => unknown } {
  return "toJSON" in value && typeof value.toJSON === "function";
}

// one with a word of its own has it as a field, and there a function is found
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === Array.prototype;
}

function spoken(value: { toJSON: () => unknown }): unknown {
  try {
    const word = value.toJSON();
    // one that answers itself, or another like it, would never end
    return typeof word === "object" && word !== null && hasOwnWord(word) ? String(word) : word;
  } catch {
    return "";
  }
}

/** The JSON text of a value that may be too deep for `JSON.stringify`. A place that leads back to itself is the text `"…"`. */
export function jsonText(value: unknown): string {
  const parts: string[] = [];
  const above = new Set<unknown>();
  type Step = { readonly write: string } | { readonly value: unknown } | { readonly leave: object };
  const steps: Step[] = [{ value }];
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if ("write" in step) parts.push(step.write);
    else if ("leave" in step) above.delete(step.leave);
    else if (typeof step.value !== "object" || step.value === null || hasOwnWord(step.value)) parts.push(wordOf(step.value));
    else if (above.has(step.value)) parts.push('"…"');
    else {
      const { value: node } = step;
      const isList = Array.isArray(node);
      above.add(node);
      const inside = Object.entries(node).flatMap(([name, each], index): Step[] => [
        { write: `${index > 0 ? "," : ""}${isList ? "" : `${JSON.stringify(name)}:`}` },
        { value: each },
      ]);
      steps.push({ write: isList ? "]" : "}" }, { leave: node }, ...inside.toReversed(), { write: isList ? "[" : "{" });
    }
  }
  return parts.join("");
}

function wordOf(value: unknown): string {
  const plain = storable(value, 1);
  return JSON.stringify(plain) ?? "null";
}
