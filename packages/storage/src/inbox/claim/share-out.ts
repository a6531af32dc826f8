/** A connection of which something is ready: the numbers of its workspace and of itself. */
export interface ReadyLine {
  readonly lane: number;
  readonly line: number;
}

/** How many events of a connection a claim may take, and where it stands in the round. */
export interface Share extends ReadyLine {
  readonly count: number;
  /** Of its workspace among the workspaces, from 0. */
  readonly lanePlace: number;
  /** Of itself among the connections of its workspace, from 0. */
  readonly linePlace: number;
}

/**
 * Shares a claim out: the same to each workspace, and within a workspace the same to each of its connections. `lines` are in the order of their turns, those of a
 * workspace together. Each share is twice what it comes to, for where others have less than theirs: whoever takes them goes round, and stops at the limit.
 */
export function shareOut(lines: readonly ReadyLine[], limit: number): readonly Share[] {
  const lanes = [...Map.groupBy(lines, ({ lane }) => lane).values()].slice(0, limit);
  const turns = Math.ceil(limit / lanes.length);
  const most = Math.min(turns * 2, limit);
  return lanes.flatMap((all, lanePlace) => {
    const served = all.slice(0, turns);
    const count = Math.ceil(most / served.length);
    return served.map(({ lane, line }, linePlace) => ({ lane, line, count, lanePlace, linePlace }));
  });
}

/** Shares as a JSON array of arrays: lane, line, count, and the places of lane and line. */
export function sharesText(shares: readonly Share[]): string {
  return JSON.stringify(shares.map((each) => [each.lane, each.line, each.count, each.lanePlace, each.linePlace]));
}

/** Where the next claim of this process goes on. */
export interface Round {
  /** The workspace whose turn was last. */
  readonly lane: number;
  /** The connection whose turn was last, by workspace. */
  readonly lines: ReadonlyMap<number, number>;
}

// of a workspace that is not among these, any connection may be first
const MOST_LINES = 200;

/** Goes on behind what a claim took of what was `ready`; `taken` is in the order of its turns. Where connections take turns, who was last is remembered. */
export function goOn(round: Round, ready: readonly ReadyLine[], taken: readonly ReadyLine[], isFull: boolean): Round {
  const lane = taken.at(-1)?.lane ?? round.lane;
  // everybody had a turn
  if (!isFull) return { lane, lines: new Map() };
  const lines = new Map(round.lines);
  const ofLane = Map.groupBy(ready, (each) => each.lane);
  for (const each of taken) {
    lines.delete(each.lane);
    if ((ofLane.get(each.lane)?.length ?? 0) > 1) lines.set(each.lane, each.line);
  }
  return { lane, lines: new Map([...lines].slice(-MOST_LINES)) };
}
