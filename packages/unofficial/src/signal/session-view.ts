/** The sessions with one device as libsignal 6.0.0 stores them, by the key that each began with. */
interface SessionRecord {
  readonly _sessions: Readonly<Record<string, { readonly indexInfo?: { readonly used?: number } }>>;
}

/** Records of sessions with one session each, by its place: the last one used has the first. */
export interface SessionView {
  /** What is read. */
  narrow(records: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  /** What is written of one record: the session that was shown, and the others as they are. */
  widen(id: string, record: unknown): unknown;
  /** Of how many sessions one was shown. */
  count(): number;
}

/** Makes one that shows the session of one place. */
export function sessionView(place: number): SessionView {
  const whole = new Map<string, SessionRecord>();
  let count = 0;
  return {
    narrow(records) {
      const shown = Object.entries(records).map(([id, record]) => {
        if (!isRecord(record)) return [id, record] as const;
        const names = Object.keys(record._sessions).sort((one, other) => usedOf(record, other) - usedOf(record, one));
        count = Math.max(count, names.length);
        const name = names[place];
        if (name === undefined) return [id, record] as const;
        whole.set(id, record);
        return [id, { ...record, _sessions: { [name]: record._sessions[name] } }] as const;
      });
      return Object.fromEntries(shown);
    },
    widen(id, record) {
      const before = whole.get(id);
      return before === undefined || !isRecord(record) ? record : { ...record, _sessions: { ...before._sessions, ...record._sessions } };
    },
    count: () => count,
  };
}

function isRecord(value: unknown): value is SessionRecord {
  return typeof value === "object" && value !== null && "_sessions" in value;
}

function usedOf({ _sessions }: SessionRecord, name: string): number {
  return _sessions[name]?.indexInfo?.used ?? 0;
}
