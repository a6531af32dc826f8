/** Every leaf of a JSON value: where it is, without positions in arrays, and of what type. */
function shapeOf(value: unknown, at = ""): Map<string, Set<string>> {
  const shape = new Map<string, Set<string>>();
  const note = (place: string, type: string): void => void shape.set(place, (shape.get(place) ?? new Set()).add(type));
  if (Array.isArray(value)) {
    for (const item of value) for (const [place, types] of shapeOf(item, `${at}[]`)) for (const type of types) note(place, type);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      for (const [place, types] of shapeOf(inner, `${at}.${key}`)) for (const type of types) note(place, type);
    }
  } else {
    note(at, value === null ? "null" : typeof value);
  }
  return shape;
}

/** What an example has and a value has not, or has of another type; `optional` names keys that Meta leaves away at times. */
export function missingFrom(value: unknown, example: unknown, optional: readonly string[] = []): string[] {
  const ours = shapeOf(value);
  return [...shapeOf(example)].flatMap(([place, types]) => {
    if (optional.some((key) => place.split(/[.[\]]+/).includes(key))) return [];
    const found = ours.get(place);
    if (found === undefined) return [`${place} is missing`];
    return [...found].filter((type) => !types.has(type)).map((type) => `${place} is ${type}, not ${[...types].join(" or ")}`);
  });
}
