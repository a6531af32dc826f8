/** The number that every webhook is for. */
export const PHONE_NUMBER_ID = "106853218861309";

/** What a server of the race is told, as JSON in its environment. */
export interface ServerPlan {
  readonly does: "one INSERT" | "receives" | "receives and completes";
  readonly database: "SQLite" | "PostgreSQL";
  /** A file, or a URL. */
  readonly place: string;
  readonly schema?: string;
}

/** How a server is when it rests: its memory in bytes, and the processor's time that it took so far, in microseconds. */
export interface Rest {
  readonly rss: number;
  readonly cpuUs: number;
}
