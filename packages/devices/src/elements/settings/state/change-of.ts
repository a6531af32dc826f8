import type { SettingsBody } from "../../../wire/settings.ts";
import { type PanelState, pathOf, type Row, setsOf } from "./panel.ts";

/** What a panel changes of what is saved, as the handler takes it: nothing that is as it was. */
export function changeOf(state: PanelState): SettingsBody["change"] {
  const change: Record<string, unknown> = {};
  for (const set of setsOf(state)) {
    const fields: Record<string, unknown> = {};
    for (const field of set.fields) {
      const path = pathOf(set, field.name);
      const text = state.texts[path]?.trim();
      const { [field.name]: saved } = set.saved;
      if (field.kind === "rows" && state.rows[path] !== undefined && !sameRows(state.rows[path], rowsIn(saved))) {
        fields[field.name] = state.rows[path];
      } else if (text !== undefined && text !== textIn(saved)) {
        fields[field.name] = text === "" ? null : typedAs(text, field.kind);
      }
    }
    for (const name of set.secrets) {
      const text = state.secrets[pathOf(set, name)]?.trim();
      if (text) fields[name] = { add: text };
    }
    const [group, name] = set.path.split(".");
    const isNew = group !== undefined && name !== undefined && state.added[group]?.includes(name);
    if (Object.keys(fields).length > 0 || isNew) place(change, set.path, fields);
  }
  for (const path of state.removed) place(change, path, false);
  return change;
}

/** Whether there is anything to save. A secret that is begun counts, also while it is empty. */
export function isChanged(state: PanelState): boolean {
  return Object.keys(state.secrets).length > 0 || Object.keys(changeOf(state)).length > 0;
}

/** The names of what was changed, for those who are told that it was saved. */
export function changedFields(change: SettingsBody["change"]): readonly string[] {
  return Object.keys(change);
}

/** What a list of records holds. */
export function rowsIn(saved: unknown): readonly Row[] {
  return Array.isArray(saved) ? (saved as readonly Row[]) : [];
}

/** What stands in the field of a plain value. */
export function textIn(saved: unknown): string {
  return saved === undefined || saved === null ? "" : String(saved);
}

function typedAs(text: string, kind: string): string | number | boolean {
  if (kind === "number") return Number(text);
  return kind === "flag" ? text === "true" : text;
}

function sameRows(rows: readonly Row[], others: readonly Row[]): boolean {
  return (
    JSON.stringify(rows.map((row) => Object.entries(row).toSorted())) ===
    JSON.stringify(others.map((row) => Object.entries(row).toSorted()))
  );
}

function place(change: Record<string, unknown>, path: string, value: unknown): void {
  const [group = "", name] = path.split(".");
  if (path === "") Object.assign(change, value);
  else if (name !== undefined) change[group] = { ...(change[group] as object | undefined), [name]: value };
}
