const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** Text of a page with its entities read and its blanks made one; nothing where nothing is left. */
export function plainText(html: string | undefined): string | undefined {
  const text = html
    ?.replace(
      /&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]+);/gi,
      (whole, entity: string) => NAMED[entity.toLowerCase()] ?? characterOf(entity) ?? whole,
    )
    .replace(/\s+/g, " ")
    .trim();
  return text === "" ? undefined : text;
}

/** The value of an attribute in a tag. */
export function attributeOf(tag: string, name: string): string | undefined {
  const [, quoted, apostrophed, bare] = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>"']+))`, "i").exec(tag) ?? [];
  return quoted ?? apostrophed ?? bare;
}

function characterOf(entity: string): string | undefined {
  if (!entity.startsWith("#")) return undefined;
  const code = /^#x/i.test(entity) ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
