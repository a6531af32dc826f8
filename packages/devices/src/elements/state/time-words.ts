/** How times read in one language, from the server's now. */
export interface TimeWords {
  /** "just now", "20 seconds ago", "yesterday", and a date after a week. */
  ago(at: number): string;
  /** "in 20 hours". */
  until(at: number): string;
  /** "today, 18:00", or "12 Jun, 09:00". */
  moment(at: number): string;
  /** "14:32". */
  clock(at: number): string;
  /** "12 Mar 2026". */
  date(at: number): string;
  /** "14 Jun". */
  day(at: number): string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Makes the words; `language` is a BCP 47 tag, and one that nobody knows is read as English. */
export function timeWords(language: string, now: number, justNow: string): TimeWords {
  const { relative, clock, date, day } = formatsOf(language);
  const sameDay = (at: number): boolean => new Date(at).toDateString() === new Date(now).toDateString();
  return {
    ago(at) {
      const past = now - at;
      if (past < 10 * SECOND) return justNow;
      if (past < MINUTE) return relative.format(-Math.floor(past / SECOND / 10) * 10, "second");
      if (past < HOUR) return relative.format(-Math.floor(past / MINUTE), "minute");
      if (past < DAY) return relative.format(-Math.floor(past / HOUR), "hour");
      if (past < 8 * DAY) return relative.format(-Math.floor(past / DAY), "day");
      return date.format(at);
    },
    until(at) {
      const left = at - now;
      if (left < HOUR) return relative.format(Math.max(1, Math.ceil(left / MINUTE)), "minute");
      return left < 2 * DAY ? relative.format(Math.floor(left / HOUR), "hour") : relative.format(Math.floor(left / DAY), "day");
    },
    moment: (at) => `${sameDay(at) ? relative.format(0, "day") : day.format(at)}, ${clock.format(at)}`,
    clock: (at) => clock.format(at),
    date: (at) => date.format(at),
    day: (at) => day.format(at),
  };
}

interface Formats {
  readonly relative: Intl.RelativeTimeFormat;
  readonly clock: Intl.DateTimeFormat;
  readonly date: Intl.DateTimeFormat;
  readonly day: Intl.DateTimeFormat;
}

const made = new Map<string, Formats>();

// making one costs more than using it a thousand times
function formatsOf(language: string): Formats {
  const known = made.get(language);
  if (known !== undefined) return known;
  const [tag] = supported(language);
  const formats = {
    relative: new Intl.RelativeTimeFormat(tag, { numeric: "auto" }),
    clock: new Intl.DateTimeFormat(tag, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
    date: new Intl.DateTimeFormat(tag, { day: "numeric", month: "short", year: "numeric" }),
    day: new Intl.DateTimeFormat(tag, { day: "numeric", month: "short" }),
  };
  made.set(language, formats);
  return formats;
}

function supported(language: string): readonly string[] {
  try {
    // "en" alone writes dates as in the United States; the English texts do not
    return Intl.DateTimeFormat.supportedLocalesOf(language === "en" ? "en-GB" : language);
  } catch {
    return ["en-GB"];
  }
}
