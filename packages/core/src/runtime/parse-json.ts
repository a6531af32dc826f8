// a whole number of sixteen digits or more where a value may stand; it may still stand inside a text
const SUSPECT = /(?:^|[[,:\s])-?\d{16}/;

/**
 * Parses JSON of a vendor. A whole number beyond ±(2^53 − 1), which `JSON.parse` would round, becomes text with all its digits: such a
 * number is an id. Throws a `SyntaxError` as `JSON.parse` does.
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return SUSPECT.test(text) ? JSON.parse(quoteLargeNumbers(text)) : value;
}

/** Takes valid JSON, so that outside its texts a digit begins a number. */
function quoteLargeNumbers(text: string): string {
  const token = /"|-?\d[\d.eE+-]*/g;
  let quoted = "";
  let done = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [written] = found;
    if (written === '"') token.lastIndex = endOfText(text, token.lastIndex);
    else if (/^-?\d{16,}$/.test(written) && !Number.isSafeInteger(Number(written))) {
      quoted += `${text.slice(done, found.index)}"${written}"`;
      done = token.lastIndex;
    }
  }
  return quoted + text.slice(done);
}

/** Where the text that began before `start` has ended. */
function endOfText(text: string, start: number): number {
  let end = text.indexOf('"', start);
  while (isEscaped(text, end, start)) end = text.indexOf('"', end + 1);
  return end + 1;
}

// an odd number of backslashes before it
function isEscaped(text: string, index: number, start: number): boolean {
  let before = index;
  while (before > start && text[before - 1] === "\\") before -= 1;
  return (index - before) % 2 === 1;
}
