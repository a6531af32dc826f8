import { isWadeskError } from "@wadesk/core";

/** What a call weighs in its group. */
export interface Weight {
  readonly rows: number;
  /** UTF-16 units of what is sent. */
  readonly size: number;
}

/** How calls are grouped. */
export interface Grouping<Call, Answer> {
  /** Writes a group, all of it or nothing, and answers in the order of the calls. */
  readonly write: (calls: readonly Call[]) => Promise<readonly Answer[]>;
  readonly weigh: (call: Call) => Weight;
  /** Two calls that concern the same thing are never in one group. */
  readonly subjectOf?: (call: Call) => string;
  /** Whose fault it is where a group fails: a call's, the moment's (then the group is rejected), or the storage's, which is away (then all that wait are too). */
  readonly faultOf?: (error: unknown) => "call" | "moment" | "storage";
}

interface Waiting<Call, Answer> {
  readonly call: Call;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** The most that goes into one group, but for a single call that is more. */
export const GROUP_LIMIT: Weight = { rows: 500, size: 1_000_000 };

/** For so many turns of the event loop the first call of a group waits for others, as long as each turn brings some: where many things are under way, each turn brings one or two. */
const MOST_TURNS = 4;

/**
 * Writes concurrent calls in groups, each in one transaction: what arrives within its first turns of the event loop, or while a group is being
 * written, goes together. When a group fails, its calls are tried alone, so that a bad one fails nobody else; when the storage is away, everything that
 * waits is rejected with it.
 */
export function grouped<Call, Answer>({
  write,
  weigh,
  subjectOf,
  faultOf = awayOrNot,
}: Grouping<Call, Answer>): (call: Call) => Promise<Answer> {
  const waiting: Waiting<Call, Answer>[] = [];
  let writing = false;

  const nextGroup = (): Waiting<Call, Answer>[] => {
    const subjects = new Set<string>();
    let rows = 0;
    let size = 0;
    const end = waiting.findIndex(({ call }, index) => {
      const weight = weigh(call);
      rows += weight.rows;
      size += weight.size;
      const subject = subjectOf?.(call);
      const met = subject !== undefined && subjects.has(subject);
      if (subject !== undefined) subjects.add(subject);
      return index > 0 && (met || rows > GROUP_LIMIT.rows || size > GROUP_LIMIT.size);
    });
    return waiting.splice(0, end === -1 ? waiting.length : end);
  };

  const writeGroup = async (group: readonly Waiting<Call, Answer>[]): Promise<void> => {
    try {
      const answers = await write(group.map(({ call }) => call));
      for (const [index, { resolve }] of group.entries()) resolve(answers[index] as Answer);
    } catch (error) {
      const fault = faultOf(error);
      if (fault === "storage") throw error;
      if (fault === "moment") return rejectAll(group, error);
      if (group.length === 1) return group[0]?.reject(error);
      for (const [index, each] of group.entries()) {
        await writeGroup([each]).catch((outage: unknown) => {
          rejectAll(group.slice(index), outage);
          throw outage;
        });
      }
    }
  };

  const writeAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const group = nextGroup();
      await writeGroup(group).catch((outage: unknown) => rejectAll([...group, ...waiting.splice(0)], outage));
      // others want their turn, and bring what goes into the next group
      if (waiting.length > 0) await new Promise<void>((resolve) => void setImmediate(resolve));
    }
    writing = false;
  };

  const gather = (turn: number, before: number): void =>
    void setImmediate(() => {
      if (turn >= MOST_TURNS || waiting.length === before) void writeAll();
      else gather(turn + 1, waiting.length);
    });

  return (call) =>
    new Promise((resolve, reject) => {
      waiting.push({ call, resolve, reject });
      if (writing) return;
      writing = true;
      gather(1, 0);
    });
}

function awayOrNot(error: unknown): "call" | "storage" {
  return isWadeskError(error, "storage_unavailable") ? "storage" : "call";
}

function rejectAll(calls: readonly { readonly reject: (error: unknown) => void }[], error: unknown): void {
  for (const { reject } of calls) reject(error);
}
