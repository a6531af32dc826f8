import { describe, expect, it } from "vitest";
import type { WireSettings } from "../../../wire/settings.ts";
import { changeOf, isChanged } from "./change-of.ts";
import { openPanel, type PanelEvent, type PanelState, reducePanel, setsOf } from "./panel.ts";
import { madeSecret, secretRows } from "./secret.ts";

const text = { type: "string" };
const sender = { type: "object", properties: { workspaceId: text, number: text } };
const SETTINGS: WireSettings = {
  channel: "echo",
  active: true,
  values: {
    region: "eu",
    hookSecret: [{ id: "s1", addedAt: 5 }],
    senders: [{ workspaceId: "acme", number: "+1" }],
    bridges: { main: { url: "http://a", secrets: [] } },
  },
  form: {
    properties: {
      region: text,
      limit: { type: "number" },
      hookSecret: { type: "array", items: text },
      senders: { type: "array", items: sender },
    },
  },
  secrets: ["hookSecret"],
  groups: {
    bridges: {
      form: { properties: { url: text, secrets: { type: "array", items: text } } },
      secrets: ["secrets"],
      required: ["url"],
    },
  },
  missing: [],
  addresses: [],
};

const after = (...events: readonly PanelEvent[]): PanelState => events.reduce(reducePanel, openPanel(SETTINGS));
const typed = (path: string, value: string): PanelEvent => ({ type: "typed", path, value });

describe("a channel's settings", () => {
  it("have its own fields first, then each group's, without the secrets among them", () => {
    expect(setsOf(after()).map(({ path, fields, secrets }) => [path, fields.map(({ name }) => name), secrets])).toEqual([
      ["", ["region", "limit", "senders"], ["hookSecret"]],
      ["bridges.main", ["url"], ["secrets"]],
    ]);
  });

  it("change by what is other than it was, blank as the application's own", () => {
    expect(changeOf(after(typed("region", " eu ")))).toEqual({});
    expect(changeOf(after(typed("region", ""), typed("limit", "7"), typed("bridges.main.url", "http://b")))).toEqual({
      region: null,
      limit: 7,
      bridges: { main: { url: "http://b" } },
    });
  });

  it("take a new secret beside the old one, and none that is kept or left blank", () => {
    const replaced = after(
      { type: "secret", path: "hookSecret", value: "new" },
      { type: "secret", path: "bridges.main.secrets", value: "shared" },
    );
    expect(changeOf(replaced)).toEqual({ hookSecret: { add: "new" }, bridges: { main: { secrets: { add: "shared" } } } });
    const kept = reducePanel(replaced, { type: "secret", path: "hookSecret" });
    expect(changeOf(kept)).toEqual({ bridges: { main: { secrets: { add: "shared" } } } });
    const begun = after({ type: "secret", path: "hookSecret", value: "" });
    expect([changeOf(begun), isChanged(begun)]).toEqual([{}, true]);
  });

  it("change a list as a whole, and not where it is as it was", () => {
    const same = [{ number: "+1", workspaceId: "acme" }];
    expect(changeOf(after({ type: "rows", path: "senders", rows: same }))).toEqual({});
    expect(changeOf(after({ type: "rows", path: "senders", rows: [] }))).toEqual({ senders: [] });
  });

  it("gain and lose groups by name", () => {
    const added = after({ type: "group-added", group: "bridges", name: "eu" }, typed("bridges.eu.url", "http://eu"));
    expect(setsOf(added).map(({ path }) => path)).toEqual(["", "bridges.main", "bridges.eu"]);
    expect(changeOf(added)).toEqual({ bridges: { eu: { url: "http://eu" } } });
    const gone = reducePanel(added, { type: "group-removed", path: "bridges.eu" });
    expect([changeOf(gone), isChanged(gone)]).toEqual([{}, false]);
    expect(changeOf(after({ type: "group-removed", path: "bridges.main" }))).toEqual({ bridges: { main: false } });
    const back = after({ type: "group-removed", path: "bridges.main" }, { type: "group-added", group: "bridges", name: "main" });
    expect(changeOf(back)).toEqual({});
  });

  it("forget what was typed once it is saved or discarded, a secret most of all", () => {
    const begun = after(typed("region", "us"), { type: "secret", path: "hookSecret", value: "the-secret" }, { type: "saving" });
    expect(begun.phase).toBe("saving");
    const changed = { settings: { ...SETTINGS, values: { region: "us" } }, notes: [] };
    const saved = reducePanel(begun, { type: "saved", changed });
    expect([saved.phase, isChanged(saved)]).toEqual(["saved", false]);
    for (const state of [saved, reducePanel(begun, { type: "discarded" })]) expect(JSON.stringify(state)).not.toContain("the-secret");
  });

  it("say what is wrong at the field and at its line, until it is typed anew", () => {
    const issues = [
      { field: "senders.0.number", code: "not_a_phone", message: "must be a number" },
      { field: "hookSecret.0", code: "white_space", message: "has white space" },
    ];
    const refused = after({ type: "refused", failure: { code: "input_invalid", remedy: "change-request", message: "no", issues } });
    expect(Object.keys(refused.issues).toSorted()).toEqual(["hookSecret", "hookSecret.0", "senders", "senders.0.number"]);
    expect(reducePanel(refused, { type: "secret", path: "hookSecret", value: "x" }).issues).not.toHaveProperty("hookSecret");
    expect(reducePanel(refused, { type: "saving" })).toMatchObject({ issues: {}, phase: "saving" });
  });
});

describe("secrets", () => {
  it("are shown newest first, the newest as the current one", () => {
    expect(
      secretRows([
        { id: "a", addedAt: 1 },
        { id: "b", addedAt: 2 },
      ]).map(({ id, current }) => [id, current]),
    ).toEqual([
      ["b", true],
      ["a", false],
    ]);
    expect(secretRows(undefined)).toEqual([]);
  });

  it("that are made here are as random as their bytes, and pass through an address unchanged", () => {
    const made = madeSecret((count) => Uint8Array.from({ length: count }, (_, index) => index * 37));
    expect(made).toHaveLength(24);
    expect(encodeURIComponent(made)).toBe(made);
    expect(new Set(made).size).toBeGreaterThan(20);
  });
});
