import { WadeskError } from "@wadesk/core";

/** The error of a field that the host gave wrong; `message` goes on from the field's name. */
export function inputInvalid(
  field: string,
  code: string,
  message: string,
  more: { readonly max?: number; readonly cause?: WadeskError } = {},
): WadeskError {
  const { max, cause } = more;
  return new WadeskError("input_invalid", {
    detail: `${field}: ${message}`,
    issues: [{ field, code, message, ...(max !== undefined && { values: { max } }) }],
    ...(cause?.vendor && { vendor: cause.vendor }),
  });
}

/** Throws `input_invalid` unless the value is an object with these fields at most. */
export function readFields<Shape extends object>(value: Shape, names: readonly (keyof Shape & string)[], what: string): Shape {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw inputInvalid(what, "not_an_object", "must be an object");
  const stranger = Object.keys(value).find((name) => !(names as readonly string[]).includes(name));
  // a name may be a secret in the wrong place
  if (stranger !== undefined) throw inputInvalid(what, "unknown_field", `has a field that is none; there are ${names.join(", ")}`);
  return value;
}
