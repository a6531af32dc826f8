import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { FormField } from "../../account/state/fields.ts";
import { fieldWords, issueText } from "../../account/words-of.ts";
import { button, iconButton } from "../../views/button.ts";
import { fieldError } from "../../views/field.ts";
import { rowsIn } from "../state/change-of.ts";
import type { PanelState, Row } from "../state/panel.ts";
import type { PanelContext } from "./context.ts";

/** A list of records, one row each, such as which number is assigned to which workspace. */
export function rowsView(
  channel: string,
  each: FormField,
  path: string,
  saved: unknown,
  state: PanelState,
  context: PanelContext,
): TemplateResult {
  const { words, desk } = context;
  const { panel } = words;
  const { label } = fieldWords(words, "settings", channel, each);
  const rows = state.rows[path] ?? rowsIn(saved);
  // what is looked for stands first: the number, then whose it is
  const columns = each.columns.toReversed();
  const set = (next: readonly Row[]): void => desk.change(channel, { type: "rows", path, rows: next });
  const titleOf = (column: FormField): string => fieldWords(words, "settings", channel, column).label;
  const wrong = rows.flatMap((_row, index) => columns.flatMap(({ name }) => state.issues[`${path}.${index}.${name}`] ?? []));
  const [first = state.issues[path]] = wrong;
  return html`<div class="field full">
    <span class="field-label" id="${path}-label">${label}</span>
    ${
      rows.length === 0
        ? nothing
        : html`<table class="assign" aria-labelledby="${path}-label">
            <thead><tr>${columns.map((column) => html`<th scope="col">${titleOf(column)}</th>`)}<th scope="col"><span class="sr">${panel.rowActions}</span></th></tr></thead>
            <tbody>${rows.map(
              (row, index) => html`<tr>
              ${columns.map(
                (column) => html`<td><input
                class="input ${isPhone(column) ? "ltr" : ""}"
                name="${path}.${index}.${column.name}"
                type=${isPhone(column) ? "tel" : "text"}
                autocomplete="off"
                aria-label=${panel.rowName(titleOf(column), index + 1)}
                aria-invalid=${state.issues[`${path}.${index}.${column.name}`] ? "true" : nothing}
                aria-describedby=${first ? `${path}-error` : nothing}
                .value=${live(row[column.name] ?? "")}
                @input=${(event: Event) => set(rows.with(index, { ...row, [column.name]: (event.target as HTMLInputElement).value }))}
              /></td>`,
              )}
              <td>${iconButton(
                "bin",
                panel.rowRemove(
                  columns
                    .map(({ name }) => row[name])
                    .filter(Boolean)
                    .join(", ") || panel.rowName(label, index + 1),
                ),
                () => set(rows.toSpliced(index, 1)),
              )}</td>
            </tr>`,
            )}</tbody>
          </table>`
    }
    ${first ? fieldError(path, issueText(words, channel, each.name, first)) : nothing}
    <div class="actions">${button({
      text: panel.rowsAdd[each.name] ?? panel.rowAdd,
      small: true,
      glyph: "plus",
      press: () => set([...rows, Object.fromEntries(each.columns.map(({ name }) => [name, ""]))]),
    })}</div>
  </div>`;
}

function isPhone({ name }: FormField): boolean {
  return name === "number" || name === "phone";
}
