const WAY = /^<!-- walk: way (.+) -->$/;
const EVERY = "<!-- walk: every way -->";

/** One way through a page that has several, such as one for each framework; without a name where the page has one alone. */
export interface PageWay {
  readonly name: string | undefined;
  /** The page without what belongs to the other ways alone. Lines keep their numbers. */
  readonly markdown: string;
}

/** The ways through a page, each walked from its beginning: what stands behind `<!-- walk: way A, B -->` belongs to these, until another is named or `<!-- walk: every way -->`. */
export function pageWays(markdown: string): readonly PageWay[] {
  const lines = markdown.split("\n");
  const names = new Set(lines.flatMap((line) => namesOf(line) ?? []));
  if (names.size === 0) return [{ name: undefined, markdown }];
  return [...names].map((name) => {
    let isOurs = true;
    const kept = lines.map((line) => {
      const named = namesOf(line);
      if (named === undefined && line !== EVERY) return isOurs ? line : "";
      isOurs = named?.includes(name) ?? true;
      return "";
    });
    return { name, markdown: kept.join("\n") };
  });
}

function namesOf(line: string): readonly string[] | undefined {
  return WAY.exec(line)?.[1]?.split(", ");
}
