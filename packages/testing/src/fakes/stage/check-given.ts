import { checkOptions, type FieldKind, type FieldKinds, optionInvalid } from "@wadesk/core/ports";
import type { AnyFault } from "./fault-list.ts";

/** What each of these functions may be given, by its name. */
export type KindsOf<Functions, Name extends keyof Functions> = {
  readonly [Each in Name]: Functions[Each] extends (given: infer Given, ...rest: never[]) => unknown
    ? FieldKinds<NonNullable<Given>>
    : never;
};

/** What each kind of fault may have beside `kind`, `times` and `operation`. */
export type FaultKinds<Fault extends AnyFault> = {
  readonly [Kind in Fault["kind"]]: FieldKinds<Omit<Extract<Fault, { readonly kind: Kind }>, keyof AnyFault>>;
};

type AnyKinds = Readonly<Record<string, FieldKind>>;
type AnyFunction = (given: unknown, ...rest: readonly unknown[]) => unknown;

/** The same functions, which refuse what they do not know with `configuration_invalid`: a misspelt option would be left out in silence. `of` names whose they are. */
export function checked<Functions extends object>(of: string, functions: Functions, kinds: Readonly<Record<string, AnyKinds>>): Functions {
  const entries = Object.entries(functions).map(([name, call]: [string, unknown]) => {
    const known = kinds[name];
    if (known === undefined) return [name, call];
    const checking: AnyFunction = (given = {}, ...rest) => {
      checkOptions<Record<string, unknown>>(`${of}.${name}`, given, known);
      return (call as AnyFunction)(given, ...rest);
    };
    return [name, checking];
  });
  return Object.fromEntries(entries) as Functions;
}

/** Refuses a fault that there is not, that has what its kind has not, or that names an operation that never comes: it would strike nothing, ever. */
export function checkFault(of: string, fault: unknown, kinds: Readonly<Record<string, AnyKinds>>, operations?: readonly string[]): void {
  const { kind, operation } = (fault ?? {}) as Partial<AnyFault>;
  const known = kind !== undefined && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (known === undefined) throw optionInvalid(of, "kind", `must be one of ${Object.keys(kinds).join(", ")}`, "not_one_of");
  checkOptions<Record<string, unknown>>(of, fault, { kind: "text", times: "number", operation: "text", ...known });
  if (operation !== undefined && operations?.includes(operation) === false)
    throw optionInvalid(of, "operation", `must be one of ${operations.join(", ")}`, "not_one_of");
}
