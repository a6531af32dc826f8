import { WadeskError } from "../errors/wadesk-error.ts";

/** Variables by name, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Which variables are read. */
export interface Variables<Needed extends string, Optional extends string> {
  /** What must be set, each with what it is and where it is found. */
  readonly needed: Readonly<Record<Needed, string>>;
  /** What may be set. */
  readonly optional: readonly Optional[];
}

/**
 * Reads variables without the blanks around them; one that is empty counts as unset. `of` is the function that reads, for the text of the error. Where no
 * environment is given it is the process's own, and none where there is no process. Throws `configuration_invalid`, which names each variable that lacks.
 */
export function readEnvironment<Needed extends string, Optional extends string>(
  of: string,
  { needed, optional }: Variables<Needed, Optional>,
  environment: Environment = ownEnvironment(),
): Readonly<Record<Needed, string>> & { readonly [Name in Optional]?: string } {
  const read = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const lacking = Object.entries<string>(needed).filter(([name]) => read(name) === undefined);
  if (lacking.length > 0) {
    const names = lacking.map(([name, what]) => `${name} (${what})`).join(", ");
    const issues = lacking.map(([field, what]) => ({ field, code: "required", message: `is not set: ${what}` }));
    throw new WadeskError("configuration_invalid", { detail: `${of}: set ${names}`, issues });
  }
  const names = [...Object.keys(needed), ...optional];
  const found = names.flatMap((name) => {
    const value = read(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(found) as ReturnType<typeof readEnvironment<Needed, Optional>>;
}

function ownEnvironment(): Environment {
  return (globalThis as { readonly process?: { readonly env?: Environment } }).process?.env ?? {};
}
