import { WadeskError } from "../errors/wadesk-error.ts";

/** Variables by name, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The variable that an option may stand in. */
export interface Variable {
  /** As it stands in the environment. */
  readonly name: string;
  /** What it is and where it is found, of one without which nothing works. */
  readonly needed?: string;
  /** Whether it may hold several, separated by commas. */
  readonly several?: true;
}

/** The variables of some options, by the options' names. */
export type Variables<Options> = { readonly [Option in keyof Options & string]?: Variable };

/**
 * The options that are given, and those of an environment for the others. One that is given counts over its variable, which need not be set then; one that is `undefined` is not
 * given. Variables are read without the blanks around them, and one that is empty counts as unset. `of` is the function that reads, for the text of the error. Where no
 * environment is given it is the process's own, and none where there is no process. Throws `configuration_invalid`, which names each variable that lacks.
 */
export function readEnvironment<Options extends object>(
  of: string,
  variables: Variables<Options>,
  options: Options,
  environment: Environment = ownEnvironment(),
): Options {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const asked = Object.entries<Variable | undefined>(variables).flatMap(([option, variable]) => {
    if (variable === undefined || option in given) return [];
    return [{ option, variable, value: environment[variable.name]?.trim() || undefined }];
  });
  refuseLacking(
    of,
    asked.filter(({ value }) => value === undefined),
  );
  const found = asked.flatMap(({ option, variable, value }) =>
    value === undefined ? [] : [[option, variable.several ? value.split(",") : value]],
  );
  return { ...Object.fromEntries(found), ...given } as Options;
}

function refuseLacking(of: string, unset: readonly { readonly variable: Variable }[]): void {
  const lacking = unset.flatMap(({ variable: { name, needed } }) => (needed === undefined ? [] : [{ name, needed }]));
  if (lacking.length === 0) return;
  const names = lacking.map(({ name, needed }) => `${name} (${needed})`).join(", ");
  const issues = lacking.map(({ name, needed }) => ({ field: name, code: "required", message: `is not set: ${needed}` }));
  throw new WadeskError("configuration_invalid", { detail: `${of}: set ${names}`, issues });
}

function ownEnvironment(): Environment {
  return (globalThis as { readonly process?: { readonly env?: Environment } }).process?.env ?? {};
}
