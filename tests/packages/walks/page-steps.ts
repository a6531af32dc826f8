/** What a page has its reader do, in the order of the page. */
export type PageStep =
  /** A file that is saved. */
  | { readonly kind: "save"; readonly line: number; readonly name: string; readonly text: string }
  /** Commands that are typed in. */
  | ({ readonly kind: "run"; readonly line: number; readonly script: string } & Ending)
  /** A project is made as the quick start says in its first section. */
  | { readonly kind: "project"; readonly line: number }
  /** Meta, Twilio and WhatsApp run beside it; their values of these names stand where the page has `"…"`. */
  | { readonly kind: "fakes"; readonly line: number; readonly names: readonly string[] }
  /** An address that is opened in a browser, and what it shows. */
  | { readonly kind: "see"; readonly line: number; readonly address: string; readonly words: string }
  /** What no machine does, and why. */
  | { readonly kind: "left out"; readonly line: number; readonly what: string; readonly why: string };

/** How a command ends. */
interface Ending {
  /** What it prints, line after line, with others between them. */
  readonly prints: readonly string[];
  /** Whether the page ends it by Ctrl+C once that was printed; else it ends by itself, with 0. */
  readonly isEnded: boolean;
  /** Where it goes on running in a terminal of its own: what it prints, or `the file name` that it writes, once it is there. */
  readonly beside: string | undefined;
}

interface Block {
  readonly language: string;
  readonly isContinued: boolean;
  readonly lines: readonly string[];
  readonly line: number;
}

const PROJECT = /as \[the quick start\]\([\w./-]*quick-start\.md#1-a-project\) makes it/;
// what is told behind it is what it prints
const COMMAND = /`(node [^`]*\.[jt]s(?: [^`]*)?|npx vitest run|curl [^`]*localhost[^`]*)`( prints `[^`]+`)?/g;
const OPENED = /Open `(http:\/\/localhost[^`]*)`[^`.]*`([^`]+)`/;
const NAMED = /^(?:\/\/|#|<!--) file: ([\w./[\]-]+)(?: -->)?$/;
const PLACEHOLDER = /…|<your |<name>/;

/**
 * Reads the steps of a page: a block that begins with `// file: name` is saved, a block of `sh` is typed in, one of `text` behind it is what it
 * prints, and so is a command in prose, `node … name.ts`, once its file is there; an address that is opened shows what is quoted behind it. Where a
 * page is silent about what a machine has to know, a comment says it: `<!-- walk: leave out, why -->`, `has no steps, why`, `save as name`, `goes below
 * name`, `until what is printed`, `beside, until what is printed`, `fakes A B`, `project`.
 */
export function pageSteps(markdown: string): readonly PageStep[] {
  const steps: PageStep[] = [];
  const waiting: { readonly program: string; readonly step: PageStep & { kind: "run" } }[] = [];
  let told: string[] = [];
  let compiles = false;
  const take = (word: string): readonly string[] => {
    const found = told.filter((each) => each.startsWith(word)).map((each) => each.slice(word.length).trim());
    told = told.filter((each) => !each.startsWith(word));
    return found;
  };
  const add = (step: PageStep, what: string): void => {
    const [why] = take("leave out,");
    steps.push(why === undefined ? step : { kind: "left out", line: step.line, what, why });
  };
  const addRun = (script: string, line: number, around: string): void => {
    const [beside] = take("beside, until");
    const program = /^node (?:.*\s)?([\w.-]+\.[jt]s)(?=\s|$)/.exec(script)?.[1] ?? "";
    const step = {
      kind: "run",
      line,
      script,
      prints: beside === undefined ? take("until") : [],
      isEnded: around.includes("Ctrl+C"),
      beside,
    } as const;
    const isThere = program === "" || steps.some((each) => each.kind === "save" && each.name === program);
    if (isThere || told.some((each) => each.startsWith("leave out,"))) add(step, script);
    else waiting.push({ program, step });
  };
  const addBlock = ({ language, isContinued, lines, line }: Block): void => {
    const [first = ""] = lines;
    const before = steps.at(-1);
    if (isContinued && before?.kind === "save") return void steps.splice(-1, 1, { ...before, text: `${before.text}${lines.join("\n")}\n` });
    const [below] = take("goes below");
    if (below !== undefined) {
      const at = steps.findIndex((each) => each.kind === "save" && each.name === below);
      const above = steps[at];
      if (above?.kind !== "save") throw new Error(`${below} is not saved before line ${line}`);
      return void steps.splice(at, 1, { ...above, text: `${above.text}${lines.join("\n")}\n` });
    }
    const name = take("save as")[0] ?? NAMED.exec(first)?.[1];
    if (name !== undefined) {
      add({ kind: "save", line, name, text: `${lines.join("\n")}\n` }, name);
      for (const { program, step } of waiting) if (program === name) steps.push(step);
    } else if (language === "sh") {
      const script = lines.join("\n");
      if (PLACEHOLDER.test(script)) told.push("leave out, it has values of the reader's own");
      addRun(script, line, "");
    } else if (language === "text") {
      const last = steps.at(-1);
      if (last?.kind === "run" && last.prints.length === 0) {
        const prints = lines.filter((each) => each.trim() !== "");
        steps.splice(-1, 1, { ...last, prints, isEnded: prints.some((each) => each.includes("Ctrl+C")) });
      }
    }
  };
  for (const part of partsOf(markdown)) {
    if ("lines" in part) addBlock(part);
    else {
      const { text, line } = part;
      const [, word] = /^<!-- walk: (.*) -->$/.exec(text.trim()) ?? [];
      if (word?.startsWith("fakes")) steps.push({ kind: "fakes", line, names: word.split(/[\s,]+/).slice(1) });
      else if (word?.startsWith("has no steps,")) steps.push({ kind: "left out", line, what: "the page", why: word.slice(13).trim() });
      else if (word !== undefined && word !== "project") told.push(word);
      // wherever the page says so, it is there before all else
      const asksForProject = PROJECT.test(text) || word === "project";
      if (asksForProject) steps.unshift({ kind: "project", line });
      if (asksForProject || text.includes("`npx tsc`")) compiles = true;
      if (word === undefined && !text.startsWith("|")) {
        for (const [, script = "", behind = ""] of text.matchAll(COMMAND)) {
          if (behind !== "") told.push(`until ${behind.slice(9, -1)}`);
          // what is named again is done again only where a comment says how it ends
          const isKnown = steps.some((each) => (each.kind === "run" ? each.script : each.kind === "left out" && each.what) === script);
          if (!isKnown || told.length > 0) addRun(script, line, text);
        }
        const [, address, words] = OPENED.exec(text) ?? [];
        if (address !== undefined && words !== undefined) add({ kind: "see", line, address, words }, address);
      }
    }
  }
  if (compiles) addRun("npx tsc", 0, "");
  return steps;
}

/** The paragraphs, comments, table rows and blocks of a page. */
function* partsOf(markdown: string): Generator<Block | { readonly text: string; readonly line: number }> {
  let paragraph: string[] = [];
  let open: { mark: string; language: string; isContinued: boolean; line: number; lines: string[] } | undefined;
  for (const [index, text] of `${markdown}\n`.split("\n").entries()) {
    const [, mark = "", language = "", words = ""] = /^(```+)(\w*)(.*)$/.exec(text.trim()) ?? [];
    if (open !== undefined) {
      if (text.trim() === open.mark) {
        yield open;
        open = undefined;
      } else open.lines.push(text);
    } else {
      const isAlone = text.trim() === "" || mark !== "" || /^(\||<!--|#)/.test(text);
      if (isAlone && paragraph.length > 0) {
        yield { text: paragraph.join(" "), line: index + 1 - paragraph.length };
        paragraph = [];
      }
      if (mark !== "") open = { mark, language, isContinued: words.includes("continued"), line: index + 1, lines: [] };
      else if (isAlone) yield { text, line: index + 1 };
      else paragraph.push(text);
    }
  }
}
