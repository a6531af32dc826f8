import { describe, expect, it } from "vitest";
import type { WireAllSettings, WireSettings } from "../../../wire/settings.ts";
import { engineState, hasChanges, reduceSettings, type SettingsEvent, type SettingsShown, type SettingsState } from "./settings.ts";

const of = (channel: string, missing: readonly string[] = []): WireSettings => ({
  channel,
  active: channel === "echo",
  values: { region: "eu", hookSecret: [{ id: "a" }, { id: "b" }] },
  form: { properties: { region: { type: "string" } } },
  secrets: ["hookSecret"],
  groups: {},
  missing,
  addresses: [],
});
const ALL: WireAllSettings = { channel: "echo", channels: [of("echo"), of("pager", ["nothing is set"])] };
const failure = (code: string) => ({ code, remedy: "none", message: "no" });

const after = (...events: readonly SettingsEvent[]): SettingsState =>
  [{ type: "loaded", all: ALL } as const, ...events].reduce(reduceSettings, { kind: "loading" } as SettingsState);
const shown = (...events: readonly SettingsEvent[]): SettingsShown => after(...events) as SettingsShown;
const typing = { type: "panel", channel: "echo", event: { type: "typed", path: "region", value: "us" } } as const;

describe("the settings of the platform", () => {
  it("are nobody's who is no operator, and failed where nothing came", () => {
    const loading: SettingsState = { kind: "loading" };
    expect(reduceSettings(loading, { type: "not-loaded", failure: failure("platform_needed") })).toEqual({ kind: "denied" });
    expect(reduceSettings(loading, { type: "not-loaded", failure: failure("internal") })).toMatchObject({ kind: "failed" });
    expect(after({ type: "not-loaded", failure: failure("unreachable") }).kind).toBe("shown");
  });

  it("show the tab that was asked for where there is such a channel", () => {
    const tabOf = (tab: string): unknown => (reduceSettings({ kind: "loading" }, { type: "loaded", all: ALL, tab }) as SettingsShown).tab;
    expect([tabOf("pager"), tabOf("telegram")]).toEqual(["pager", "engine"]);
    expect(shown({ type: "tab", tab: "pager" }).tab).toBe("pager");
  });

  it("keep what is being typed when they come anew, whichever tab is seen", () => {
    const typed = after(typing, { type: "tab", tab: "pager" });
    expect(hasChanges(typed)).toBe(true);
    expect(hasChanges(reduceSettings(typed, { type: "loaded", all: ALL }))).toBe(true);
    expect(hasChanges(after())).toBe(false);
  });

  it("say of each engine whether it is in force, could be, or lacks something", () => {
    const state = shown();
    expect([engineState(state, "echo"), engineState(state, "pager")]).toEqual(["active", "lacking"]);
  });

  it("ask before a switch, with how many workspaces could not send, and switch once it is done", () => {
    const to = { channel: "pager", workspaces: 40, unable: 12, numbers: 0 };
    const asked = shown(
      { type: "chosen", channel: "pager" },
      { type: "asked", asking: { type: "switch", channel: "pager" } },
      { type: "readiness", to },
      { type: "working" },
    );
    expect(asked).toMatchObject({ active: "echo", asking: { to, working: true } });
    expect(reduceSettings(asked, { type: "not-done", failure: failure("internal") })).toMatchObject({
      active: "echo",
      asking: { working: false, failure: { code: "internal" } },
    });
    const switched = reduceSettings(asked, { type: "switched", channel: "pager" }) as SettingsShown;
    expect(switched).toMatchObject({ active: "pager", chosen: "pager", switched: true });
    expect(switched.asking).toBeUndefined();
    expect(engineState(switched, "pager")).toBe("active");
  });

  it("keep what is being typed while a secret is retired", () => {
    const retired = shown(
      typing,
      { type: "asked", asking: { type: "retire", channel: "echo", path: "hookSecret", mark: { id: "a" } } },
      { type: "retired", settings: { ...of("echo"), values: { region: "eu", hookSecret: [{ id: "b" }] } } },
    );
    expect(retired.asking).toBeUndefined();
    expect(retired.panels.echo).toMatchObject({ texts: { region: "us" }, settings: { values: { hookSecret: [{ id: "b" }] } } });
  });
});
