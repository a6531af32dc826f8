/** A form's fields by name; of a name that comes twice the first counts. */
export type Form = Readonly<Record<string, string>>;

/** A field that says something: absent and empty are the same, since Twilio sends many fields empty. */
export function textOf(form: Form, name: string): string | undefined {
  const value = form[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Reads the bytes of a URL-encoded form. Never throws: a broken escape stands for itself, as in `URLSearchParams`. It runs for every webhook,
 * so it looks for escapes where the next one is and nowhere else.
 */
export function readForm(body: Uint8Array): Form {
  const text = decoder.decode(body);
  const fields: Record<string, string> = {};
  let plus = indexFrom(text, "+", 0);
  let percent = indexFrom(text, "%", 0);
  for (let start = 0; start < text.length; ) {
    const end = indexFrom(text, "&", start);
    const middle = Math.min(indexFrom(text, "=", start), end);
    let name = text.slice(start, middle);
    let value = text.slice(middle + 1, end);
    if (plus < end || percent < end) {
      name = decoded(name);
      value = decoded(value);
      plus = indexFrom(text, "+", end);
      percent = indexFrom(text, "%", end);
    }
    if (end > start && (fields[name] === undefined || !Object.hasOwn(fields, name))) fields[name] = value;
    start = end + 1;
  }
  return fields;
}

function indexFrom(text: string, character: string, start: number): number {
  const index = text.indexOf(character, start);
  return index === -1 ? text.length : index;
}

function decoded(text: string): string {
  const spaced = text.replaceAll("+", " ");
  if (!spaced.includes("%")) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    // `&` and `=` do not come this far, and a `+` is a space already
    return new URLSearchParams(`=${text}`).get("") ?? spaced;
  }
}
