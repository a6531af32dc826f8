const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNITS: Readonly<Record<string, number>> = {
  second: SECOND,
  sec: SECOND,
  minute: MINUTE,
  min: MINUTE,
  hour: HOUR,
  hr: HOUR,
  day: DAY,
};

const PART = /\b(\d{1,9}|an?|one)\s+(second|sec|minute|min|hour|hr|day)s?\b/gi;
// parts that follow one another are one wait: `1 hour and 30 minutes`
const BETWEEN = /^[\s,]*(and\s+)?$/i;

// longer than anything Meta asks to wait for; what is longer is no wait
const LONGEST = 30 * DAY;

interface Span {
  readonly from: number;
  readonly to: number;
  readonly wait: number;
}

/**
 * The wait that a sentence of Meta's names, in milliseconds, e.g. of `Try again after 600 seconds`. Where it names several times, the one
 * that follows the word to wait counts; nothing where it names none.
 */
export function waitInWords(text: string): number | undefined {
  const spans = spansOf(text);
  const asked = text.search(/\b(again|wait|retry)\b/i);
  const span = spans.find(({ from }) => asked >= 0 && from > asked) ?? spans.at(-1);
  return span !== undefined && span.wait > 0 && span.wait <= LONGEST ? span.wait : undefined;
}

function spansOf(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (const { index, 0: written, 1: count = "", 2: unit = "" } of text.matchAll(PART)) {
    const wait = (/^\d/.test(count) ? Number(count) : 1) * (UNITS[unit.toLowerCase()] ?? 0);
    const last = spans.at(-1);
    const to = index + written.length;
    if (last !== undefined && BETWEEN.test(text.slice(last.to, index)))
      spans[spans.length - 1] = { from: last.from, to, wait: last.wait + wait };
    else spans.push({ from: index, to, wait });
  }
  return spans;
}
