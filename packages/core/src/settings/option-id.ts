/** The id by which a secret of the constructor's options is retired. `index` counts from 0. */
export function optionId(index: number): string {
  return `option-${index + 1}`;
}
