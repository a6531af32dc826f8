/** A piece of a syntax tree, as every parser of ECMAScript has it. */
type Piece = { readonly type?: unknown; readonly [part: string]: unknown };

/** A piece of text that stands in the source from `start` to `end`. */
interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A plugin that takes white space out of Lit's templates, which no minifier touches: they are text to it. */
export interface WhiteSpacePlugin {
  readonly name: string;
  readonly transform: (
    this: { parse(code: string, options: { readonly lang: "ts" }): unknown },
    code: string,
    id: string,
  ) => string | undefined;
}

/** Makes one for the modules beside this folder. */
export function withoutWhiteSpace(): WhiteSpacePlugin {
  return {
    name: "no white space in templates",
    transform(code, id) {
      if (!id.includes("/elements/") || !/\b(?:html|svg|css)`/.test(code)) return undefined;
      const changes: Change[] = [];
      walk(this.parse(code, { lang: "ts" }), (piece) => changes.push(...changesIn(piece, code)));
      return changes.toSorted((one, other) => other.start - one.start).reduce(changed, code);
    },
  };
}

function changed(code: string, { start, end, text }: Change): string {
  return code.slice(0, start) + text + code.slice(end);
}

function walk(value: unknown, see: (piece: Piece) => void): void {
  if (typeof value !== "object" || value === null) return;
  if (isPiece(value)) see(value);
  for (const inside of Object.values(value)) walk(inside, see);
}

function isPiece(value: object): value is Piece {
  return "type" in value;
}

function changesIn(piece: Piece, code: string): readonly Change[] {
  if (piece.type !== "TaggedTemplateExpression") return [];
  const { tag, quasi } = piece as unknown as { tag: { name?: string }; quasi: { quasis: readonly { start: number; end: number }[] } };
  const shorter = tag.name === "css" ? shortSheet : tag.name === "html" || tag.name === "svg" ? shortMarkup : undefined;
  if (shorter === undefined) return [];
  return quasi.quasis.map(({ start, end }) => ({ start, end, text: shorter(code.slice(start, end)) }));
}

/** Markup with one space where there were many, and none at the end of a tag or at either end of a block: what a page draws is the same. */
export function shortMarkup(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(" >", ">").replaceAll(BLOCK_BEGINS, "$1").replaceAll(BLOCK_ENDS, "$1");
}

// what begins or ends one of them is drawn by no line of it, nor by a row of boxes
const BLOCK = "article|button|details|dialog|div|dl|fieldset|form|h\\d|header|li|ol|p|section|select|t[dr]|table|ul";
const BLOCK_BEGINS = new RegExp(`(<(?:${BLOCK})(?: [^<>]*)?>) `, "g");
const BLOCK_ENDS = new RegExp(` (</(?:${BLOCK})>)`, "g");

/** A style sheet without what its reader skips; what stands in quotes stays as it is. */
export function shortSheet(text: string): string {
  return text
    .replaceAll(/("[^"]*")|\/\*[\s\S]*?\*\/|\s+/g, (_all, quoted?: string) => quoted ?? " ")
    .replaceAll(/("[^"]*")|\s*([{};,>])\s*|(:) /g, (_all, quoted?: string, mark?: string, colon?: string) => quoted ?? mark ?? colon ?? "")
    .replaceAll(/("[^"]*")|;(?=})/g, (_all, quoted?: string) => quoted ?? "");
}
