import { checkRequest } from "./fields/check-fields.ts";
import { invalidField } from "./fields/invalid.ts";

/** A QR as the data of one SVG path. */
export interface QrPath {
  /** Modules in a row, the four of the quiet zone on each side counted in: `viewBox="0 0 size size"`. */
  readonly size: number;
  /** The `d` of a path that is filled black on white; a module is one unit wide. */
  readonly path: string;
}

/** How a PNG is drawn. */
export interface QrPngOptions {
  /** Pixels a module is wide and high, 1 to 40; 8 when absent. */
  readonly modulePixels?: number;
}

// https://www.qrcode.com/en/howto/code.html: what reads it looks for four light modules around it
const QUIET = 4;
const MODULE_PIXELS = 8;
const MOST_PIXELS = 40;

/** Draws a text as a QR for SVG. The encoder is loaded on the first call. Rejects with `input_invalid` for a text that is empty or fits no QR. */
export async function qrPath(text: string): Promise<QrPath> {
  const modules = await modulesOf(text);
  const rows = modules.map((row, y) => runsOf(row).map(([x, width]) => `M${x} ${y}h${width}v1h-${width}z`));
  return { size: modules.length, path: rows.flat().join("") };
}

/** Draws a text as a QR in a PNG, black on white. Rejects with `input_invalid` for a text that is empty or fits no QR, and for pixels that are none. */
export async function qrPng(text: string, options: QrPngOptions = {}): Promise<Uint8Array> {
  checkRequest<QrPngOptions>(options, { modulePixels: "number" });
  const scale = options.modulePixels ?? MODULE_PIXELS;
  const message = `must be a whole number from 1 to ${MOST_PIXELS}`;
  if (!Number.isInteger(scale)) throw invalidField("modulePixels", message, "wrong_type", { expected: "whole_number" });
  if (scale < 1) throw invalidField("modulePixels", message, "too_low", { min: 1 });
  if (scale > MOST_PIXELS) throw invalidField("modulePixels", message, "too_high", { max: MOST_PIXELS });
  const modules = await modulesOf(text);
  const width = modules.length * scale;
  return png(width, await deflated(pixelsOf(modules, scale)));
}

/**
 * Draws a text as a QR for a terminal, two modules to a character, with the colours set so that it is black on white on a dark terminal too. Rejects with
 * `input_invalid` for a text that is empty or fits no QR.
 */
export async function qrText(text: string): Promise<string> {
  const modules = await modulesOf(text);
  const lines: string[] = [];
  for (let y = 0; y < modules.length; y += 2) {
    const [upper = [], lower = []] = modules.slice(y, y + 2);
    lines.push(`${BLACK_ON_WHITE}${upper.map((dark, x) => HALVES[Number(dark) + 2 * Number(lower[x] ?? false)]).join("")}${PLAIN}`);
  }
  return lines.join("\n");
}

// ECMA-48, select graphic rendition
const BLACK_ON_WHITE = "\u001b[30;107m";
const PLAIN = "\u001b[0m";
const HALVES = [" ", "▀", "▄", "█"];

async function modulesOf(text: string): Promise<readonly (readonly boolean[])[]> {
  if (typeof text !== "string" || text === "")
    throw invalidField("text", "give the text of a QR, e.g. that of a step of type qr", "required");
  const { encode } = await import("uqr");
  try {
    return encode(text, { ecc: "L", border: QUIET }).data;
  } catch {
    throw invalidField("text", "is too long for a QR, which holds 2953 bytes at most", "too_long", { max: 2953 });
  }
}

/** The dark runs of a row: where each begins and how long it is. */
function runsOf(row: readonly boolean[]): readonly (readonly [x: number, width: number])[] {
  const runs: [number, number][] = [];
  for (const [x, dark] of row.entries()) {
    const last = runs.at(-1);
    if (!dark) continue;
    if (last !== undefined && last[0] + last[1] === x) last[1] += 1;
    else runs.push([x, 1]);
  }
  return runs;
}

// every line of an image of one bit for each pixel, 1 for white, each with the byte before it that says that it is not filtered
function pixelsOf(modules: readonly (readonly boolean[])[], scale: number): Uint8Array<ArrayBuffer> {
  const lineBytes = 1 + Math.ceil((modules.length * scale) / 8);
  const pixels = new Uint8Array(lineBytes * modules.length * scale);
  for (const [y, row] of modules.entries()) {
    const line = lineOf(row, scale, lineBytes);
    for (let again = 0; again < scale; again += 1) pixels.set(line, (y * scale + again) * lineBytes);
  }
  return pixels;
}

function lineOf(row: readonly boolean[], scale: number, bytes: number): Uint8Array {
  const line = new Uint8Array(bytes);
  for (const [x, dark] of row.entries()) {
    for (let pixel = x * scale; !dark && pixel < (x + 1) * scale; pixel += 1) {
      line[1 + (pixel >> 3)] = (line[1 + (pixel >> 3)] ?? 0) | (0x80 >> (pixel & 7));
    }
  }
  return line;
}

async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

// https://www.w3.org/TR/png-3/#5PNG-file-signature
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

function png(width: number, data: Uint8Array): Uint8Array {
  // one bit, grey, and the one way of compression, filters and order that there is
  const header = [...wordOf(width), ...wordOf(width), 1, 0, 0, 0, 0];
  return new Uint8Array([...SIGNATURE, ...chunk("IHDR", header), ...chunk("IDAT", [...data]), ...chunk("IEND", [])]);
}

function chunk(name: string, data: readonly number[]): readonly number[] {
  const named = [...new TextEncoder().encode(name), ...data];
  return [...wordOf(data.length), ...named, ...wordOf(crc(named))];
}

function wordOf(value: number): readonly number[] {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff);
}

// https://www.w3.org/TR/png-3/#D-CRCAppendix
function crc(bytes: readonly number[]): number {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  }
  return ~rest;
}
