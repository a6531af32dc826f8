import type { WireFailure } from "../../../wire/problem.ts";
import type { WireChanged, WireSettings } from "../../../wire/settings.ts";
import { fieldsOf, type FormField } from "../../account/state/fields.ts";
import type { FormIssue } from "../../account/state/form.ts";

/** One line of a list of records, by column. */
export type Row = Readonly<Record<string, string>>;

/** One set of fields: a channel's own, or one of a group, such as one bridge. */
export interface PanelSet {
  /** What stands before its fields in the change: nothing, or e.g. `bridges.eu`. */
  readonly path: string;
  readonly fields: readonly FormField[];
  readonly secrets: readonly string[];
  /** The names of both, in the schema's order. */
  readonly order: readonly string[];
  readonly required: readonly string[];
  /** As they are saved. */
  readonly saved: Readonly<Record<string, unknown>>;
}

/** One channel's settings while they are changed. What is typed stands by path, e.g. `appId` or `bridges.eu.url`. */
export interface PanelState {
  readonly settings: WireSettings;
  readonly texts: Readonly<Record<string, string>>;
  readonly rows: Readonly<Record<string, readonly Row[]>>;
  /** Secrets that are being replaced; they are forgotten once they were sent. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Groups that are new, by their field: `{ bridges: ["eu"] }`. */
  readonly added: Readonly<Record<string, readonly string[]>>;
  /** Groups that are to go, as `bridges.eu`. */
  readonly removed: readonly string[];
  readonly issues: Readonly<Record<string, FormIssue>>;
  readonly phase: "open" | "saving" | "saved";
  readonly failure?: WireFailure;
  /** What the server told of the last change. */
  readonly notes: WireChanged["notes"];
}

/** What happens to it. */
export type PanelEvent =
  | { readonly type: "typed"; readonly path: string; readonly value: string }
  /** A secret is typed; without a text the old one is kept. */
  | { readonly type: "secret"; readonly path: string; readonly value?: string }
  | { readonly type: "rows"; readonly path: string; readonly rows: readonly Row[] }
  | { readonly type: "group-added"; readonly group: string; readonly name: string }
  | { readonly type: "group-removed"; readonly path: string }
  | { readonly type: "discarded" }
  | { readonly type: "saving" }
  | { readonly type: "saved"; readonly changed: WireChanged }
  | { readonly type: "refused"; readonly failure: WireFailure };

/** A panel as it is opened. */
export function openPanel(settings: WireSettings): PanelState {
  return { settings, texts: {}, rows: {}, secrets: {}, added: {}, removed: [], issues: {}, phase: "open", notes: [] };
}

/** Folds one event in. */
export function reducePanel(state: PanelState, event: PanelEvent): PanelState {
  switch (event.type) {
    case "typed":
      return touched(state, event.path, { texts: { ...state.texts, [event.path]: event.value } });
    case "secret": {
      const { [event.path]: _kept, ...others } = state.secrets;
      return touched(state, event.path, { secrets: event.value === undefined ? others : { ...others, [event.path]: event.value } });
    }
    case "rows":
      return touched(state, event.path, { rows: { ...state.rows, [event.path]: event.rows } });
    case "group-added": {
      const { [event.group]: names = [] } = state.added;
      const removed = state.removed.filter((path) => path !== `${event.group}.${event.name}`);
      const known = names.includes(event.name) || event.name in groupIn(state.settings, event.group);
      return touched(state, event.group, { removed, ...(!known && { added: { ...state.added, [event.group]: [...names, event.name] } }) });
    }
    case "group-removed":
      return withoutGroup(state, event.path);
    case "discarded":
      return openPanel(state.settings);
    case "saving":
      return { ...withoutFailure(state), issues: {}, phase: "saving" };
    case "saved":
      return { ...openPanel(event.changed.settings), phase: "saved", notes: event.changed.notes };
    case "refused":
      return { ...state, phase: "open", failure: event.failure, issues: issuesOf(event.failure) };
  }
}

/** The sets of fields, the channel's own first, then each group by its name; without those that are to go. */
export function setsOf({ settings, added, removed }: PanelState): readonly PanelSet[] {
  const groups = Object.entries(settings.groups).flatMap(([group, { form, secrets, required }]) => {
    const saved = groupIn(settings, group);
    const names = [...Object.keys(saved), ...(added[group] ?? [])].filter((name) => !removed.includes(`${group}.${name}`));
    const fields = fieldsOf(form).filter(({ name }) => !secrets.includes(name));
    return names.map((name) => ({ path: `${group}.${name}`, fields, secrets, order: orderOf(form), required, saved: saved[name] ?? {} }));
  });
  const own = fieldsOf(settings.form).filter(({ name }) => !settings.secrets.includes(name) && !(name in settings.groups));
  return [
    { path: "", fields: own, secrets: settings.secrets, order: orderOf(settings.form), required: [], saved: settings.values },
    ...groups,
  ];
}

function orderOf(form: WireSettings["form"]): readonly string[] {
  return Object.keys((form?.properties ?? {}) as object);
}

/** Where a field of a set stands in the change. */
export function pathOf({ path }: PanelSet, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

/** The named sets of settings of one group, e.g. the bridges. */
export function groupIn({ values }: WireSettings, group: string): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  return (values[group] ?? {}) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

function touched(state: PanelState, path: string, change: Partial<PanelState>): PanelState {
  const { [path]: _gone, ...issues } = state.issues;
  return { ...state, ...change, issues, phase: "open" };
}

function withoutGroup(state: PanelState, path: string): PanelState {
  const [group = "", name = ""] = path.split(".");
  const left = <Value>(drafts: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> =>
    Object.fromEntries(Object.entries(drafts).filter(([each]) => !each.startsWith(`${path}.`)));
  const isNew = !(name in groupIn(state.settings, group));
  return touched(state, path, {
    texts: left(state.texts),
    secrets: left(state.secrets),
    rows: left(state.rows),
    added: { ...state.added, [group]: (state.added[group] ?? []).filter((each) => each !== name) },
    removed: isNew ? state.removed : [...state.removed, path],
  });
}

function withoutFailure({ failure: _gone, ...state }: PanelState): PanelState {
  return state;
}

// the first word on a field is the one that is shown; one of a list's item is the list's
function issuesOf({ issues = [] }: WireFailure): PanelState["issues"] {
  const told = issues.map(
    ({ field, code, values, message }) => [field.replace(/\.add$/, ""), { code, ...(values && { values }), message }] as const,
  );
  return Object.fromEntries(
    told.toReversed().flatMap(([field, issue]) => [
      [field.replace(/\.\d+(\..*)?$/, ""), issue],
      [field, issue],
    ]),
  );
}
