const STRANGERS: readonly unknown[] = [null, 0, -1, "", "stranger", true, [], {}, [null], { stranger: {} }];

/** The body again and again, each time with one of its values replaced by something that the vendor never sent there, or left out. */
export function* brokenOnce(body: string): Generator<string> {
  const parsed = parsedJson(body);
  if (parsed === undefined) return yield* brokenForm(body);
  for (const path of pathsOf(parsed)) {
    for (const stranger of [undefined, ...STRANGERS]) yield JSON.stringify(replaced(parsed, path, stranger));
  }
}

function parsedJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function* brokenForm(body: string): Generator<string> {
  const fields = [...new URLSearchParams(body)];
  for (const index of fields.keys()) {
    yield new URLSearchParams(fields.filter((_, each) => each !== index)).toString();
    for (const stranger of ["", "stranger", "-1", "\0"]) {
      yield new URLSearchParams(
        fields.map(([name, value], each): [string, string] => [name, each === index ? stranger : value]),
      ).toString();
    }
  }
}

type Path = readonly (string | number)[];

// below the root: what replaces the whole body is a body that the vendor never sends
function* pathsOf(value: unknown, path: Path = []): Generator<Path> {
  if (path.length > 0) yield path;
  if (Array.isArray(value)) for (const [index, each] of value.entries()) yield* pathsOf(each, [...path, index]);
  else if (typeof value === "object" && value !== null)
    for (const [name, each] of Object.entries(value)) yield* pathsOf(each, [...path, name]);
}

function replaced(value: unknown, [step, ...rest]: Path, stranger: unknown): unknown {
  if (step === undefined) return stranger;
  if (Array.isArray(value)) return value.map((each, index) => (index === step ? replaced(each, rest, stranger) : each));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, each]) => [name, name === step ? replaced(each, rest, stranger) : each]),
  );
}
