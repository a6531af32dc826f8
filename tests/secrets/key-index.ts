/** Finds keys in what was printed, however their bytes are spelled. */
export interface KeyIndex {
  /** Keeps a key. What is text, or has hardly any different bytes, is none. */
  add(key: Uint8Array): void;
  /** Whether fifteen bytes of any key in a row stand in the text: as they are, as base64, as hexadecimal digits, or as numbers in a list. */
  isIn(text: string): boolean;
  readonly size: number;
}

/** So many bytes are looked up at a time. Each key is kept at every eighth, so that fifteen in a row hold one whole. */
const WINDOW = 8;
const FEWEST_DIFFERENT = 5;

/** An empty one. */
export function keyIndex(): KeyIndex {
  const windows = new Set<string>();
  let size = 0;
  return {
    add(key) {
      const bytes = Buffer.from(key.buffer, key.byteOffset, key.byteLength);
      if (bytes.length < 2 * WINDOW || isText(bytes)) return;
      size += 1;
      for (let at = 0; at + WINDOW <= bytes.length; at += WINDOW) {
        const window = bytes.subarray(at, at + WINDOW);
        if (new Set(window).size >= FEWEST_DIFFERENT) windows.add(window.toString("latin1"));
      }
    },
    isIn(text) {
      for (const bytes of readings(text)) {
        const all = bytes.toString("latin1");
        for (let at = 0; at + WINDOW <= all.length; at += 1) if (windows.has(all.slice(at, at + WINDOW))) return true;
      }
      return false;
    },
    get size() {
      return size;
    },
  };
}

function isText(bytes: Buffer): boolean {
  return bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
}

// every run in a text that may be bytes, read as each spelling that it may be
function* readings(text: string): Generator<Buffer> {
  yield Buffer.from(text, "latin1");
  for (const [run] of text.matchAll(/[\w+/-]{20,}/g)) {
    // the same bytes are written in several ways, by how many came before them
    for (let before = 0; before < 4; before += 1) yield Buffer.from(run.slice(before), "base64");
  }
  for (const [run] of text.matchAll(/[0-9a-f]{30,}/gi)) for (const before of [0, 1]) yield Buffer.from(run.slice(before), "hex");
  // as a Buffer is inspected
  for (const [run] of text.matchAll(/(?:[0-9a-f]{2}[\s:,]+){14,}[0-9a-f]{2}/gi)) yield Buffer.from(run.replace(/[^0-9a-f]/gi, ""), "hex");
  // as an array is, and as JSON has one
  for (const [run] of text.matchAll(/(?:(?:"\d+"\s*:\s*)?\d{1,3}\s*,\s*){14,}(?:"\d+"\s*:\s*)?\d{1,3}/g)) {
    yield Buffer.from(run.split(",").map((each) => Number(each.slice(each.indexOf(":") + 1))));
  }
}
