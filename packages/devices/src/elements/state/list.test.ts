import { describe, expect, it } from "vitest";
import type { WireConnection } from "../../wire/connection.ts";
import type { WireList } from "../../wire/list.ts";
import { LOADING, type ListEvent, type ListState, reduceList, type Shown } from "./list.ts";

const connection = (id: string, changes: Partial<WireConnection> = {}): WireConnection => ({
  id,
  channel: "unofficial",
  label: id,
  primary: false,
  status: { state: "connected", since: 0 },
  warnings: [],
  createdAt: 0,
  version: 1,
  ...changes,
});
const page = (items: readonly WireConnection[], changes: Partial<WireList> = {}): WireList => ({
  now: 0,
  channel: "unofficial",
  items,
  counts: { all: items.length, connected: items.length, pending: 0, disconnected: 0, failed: 0 },
  regions: [],
  ...changes,
});
const fold = (events: readonly ListEvent[], state: ListState = LOADING): ListState => events.reduce(reduceList, state);
const shown = (state: ListState): Shown => {
  if (state.kind !== "shown") throw new Error(`nothing is shown: ${state.kind}`);
  return state;
};
const ids = (state: ListState): readonly string[] => shown(state).items.map(({ id }) => id);
const [a, b, c] = [connection("a"), connection("b"), connection("c")];
const loaded = (list: WireList): ListEvent => ({ type: "loaded", filter: {}, list });

describe("the list", () => {
  it("shows what was loaded, and keeps it when a later reading fails", () => {
    const failure = { code: "unreachable", remedy: "retry", message: "" };
    expect(fold([{ type: "failed", failure }])).toMatchObject({ kind: "failed", failure });
    const kept = fold([loaded(page([a, b])), { type: "failed", failure }]);
    expect([ids(kept), shown(kept).failure]).toEqual([["a", "b"], failure]);
    expect(shown(fold([loaded(page([a]))], kept)).failure).toBeUndefined();
  });

  it("takes a newer state of a connection in its place, and never an older one", () => {
    const newer = connection("a", { label: "newer", version: 3 });
    const state = fold([loaded(page([a, b])), { type: "changed", connection: newer }]);
    expect(shown(state).items[0]).toBe(newer);
    expect(shown(fold([{ type: "changed", connection: connection("a", { version: 2 }) }], state)).items[0]).toBe(newer);
  });

  it("puts a new one at the end where all are shown, and lets it wait where there is more", () => {
    expect(ids(fold([loaded(page([a])), { type: "changed", connection: b }]))).toEqual(["a", "b"]);
    const paged = fold([loaded(page([a], { next: "1" })), { type: "changed", connection: b }]);
    expect([ids(paged), shown(paged).waiting.map(({ id }) => id)]).toEqual([["a"], ["b"]]);
    expect(ids(fold([{ type: "welcomed" }], paged))).toEqual(["a", "b"]);
    expect(shown(fold([{ type: "removed", id: "b" }], paged)).waiting).toEqual([]);
  });

  it("counts on what it sees until the handler has counted", () => {
    const lost = connection("a", { version: 2, status: { state: "failed", reason: "banned", since: 1 } });
    const state = fold([loaded(page([a, b])), { type: "changed", connection: lost }, { type: "changed", connection: c }]);
    expect(shown(state).counts).toMatchObject({ all: 3, connected: 2, failed: 1 });
    expect(shown(fold([{ type: "removed", id: "a" }], state)).counts).toMatchObject({ all: 2, connected: 2, failed: 0 });
  });

  it("shows nothing of another channel, nor of what the filter does not want", () => {
    const filtered = fold([
      { type: "wanted", filter: { state: "failed" } },
      { type: "loaded", filter: { state: "failed" }, list: page([]) },
    ]);
    expect(ids(fold([{ type: "changed", connection: b }], filtered))).toEqual([]);
    expect(ids(fold([loaded(page([a])), { type: "changed", connection: connection("x", { channel: "twilio" }) }]))).toEqual(["a"]);
  });

  it("drops an answer to a filter that is not wanted any more", () => {
    const state = fold([loaded(page([a, b])), { type: "wanted", filter: { region: "PT" } }, loaded(page([c]))]);
    expect([ids(state), shown(state).busy]).toEqual([["a", "b"], true]);
  });

  it("appends a page without those that are there already", () => {
    const state = fold([loaded(page([a, b], { next: "2" })), { type: "appended", filter: {}, list: page([b, c]) }]);
    expect([ids(state), shown(state).next]).toEqual([["a", "b", "c"], undefined]);
  });

  it("begins anew with a snapshot, but keeps what somebody has filtered or paged to, brought up to date", () => {
    expect(ids(fold([loaded(page([a, b])), { type: "snapshot", list: page([a, c]) }]))).toEqual(["a", "c"]);
    const newer = connection("a", { label: "newer", version: 2 });
    const paged = fold([loaded(page([a, b, c])), { type: "snapshot", list: page([newer], { next: "1" }) }]);
    expect(shown(paged).items.map(({ label }) => label)).toEqual(["newer", "b", "c"]);
    expect(ids(fold([loaded(page([a, b, c])), { type: "snapshot", list: page([c], { channel: "twilio" }) }]))).toEqual(["c"]);
  });
});
