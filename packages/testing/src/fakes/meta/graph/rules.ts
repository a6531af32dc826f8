import { graphError, parameterRequired, refusalOf } from "./graph-error.ts";

/** A JSON object. */
export type Fields = Readonly<Record<string, unknown>>;

/** Checks one value; throws Meta's error when it does not fit. `at` is the parameter as Meta writes it, e.g. `text['body']`. */
export type Rule = (value: unknown, at: string) => void;

/** Narrows to a JSON object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The error of a parameter that does not fit; `demand` goes on from "must be". */
export function mustBe(at: string, demand: string): Error {
  return graphError(100, { message: `(#100) Param ${at} must be ${demand}.` });
}

/** A string within its length in characters, matching a pattern where one is given. */
export function text(
  limits: { readonly min?: number; readonly max?: number; readonly pattern?: RegExp; readonly like?: string } = {},
): Rule {
  const { min = 0, max = Number.POSITIVE_INFINITY, pattern, like = "valid" } = limits;
  return (value, at) => {
    if (typeof value !== "string") throw mustBe(at, "a string");
    const length = [...value].length;
    if (length < min) throw mustBe(at, min === 1 ? "a non-empty string" : `at least ${min} characters long`);
    if (length > max) throw mustBe(at, `at most ${max} characters long`);
    if (pattern && !pattern.test(value)) throw mustBe(at, like);
  };
}

/** One of some strings. */
export function choice(...allowed: readonly string[]): Rule {
  return (value, at) => {
    if (typeof value === "string" && allowed.includes(value)) return;
    throw graphError(100, { message: `(#100) Param ${at} must be one of {${allowed.join(", ")}} - got ${JSON.stringify(value)}.` });
  };
}

/** An integer between two bounds, both included. */
export function integer(min: number = Number.MIN_SAFE_INTEGER, max: number = Number.MAX_SAFE_INTEGER): Rule {
  return (value, at) => {
    if (!Number.isInteger(value)) throw mustBe(at, "an integer");
    if (Number(value) < min || Number(value) > max) throw mustBe(at, `between ${min} and ${max}`);
  };
}

/** True or false. */
export const flag: Rule = (value, at) => {
  if (typeof value !== "boolean") throw mustBe(at, "a boolean");
};

/** An absolute http(s) URL. */
export const webAddress: Rule = (value, at) => {
  if (typeof value !== "string" || !/^https?:\/\/[^\s/]/.test(value) || !URL.canParse(value)) throw mustBe(at, "a valid URI");
};

/** Whatever it is. */
export const anything: Rule = () => {};

/** An object with these fields and no other. */
export function shape(required: Readonly<Record<string, Rule>>, optional: Readonly<Record<string, Rule>> = {}): Rule {
  return (value, at) => {
    if (!isFields(value)) throw mustBe(at, "a JSON object");
    for (const name of Object.keys(value)) {
      if (!Object.hasOwn(required, name) && !Object.hasOwn(optional, name)) throw unexpectedKey(name, at);
    }
    for (const [name, rule] of Object.entries(required)) {
      if (value[name] === undefined || value[name] === null) throw parameterRequired(inside(at, name));
      rule(value[name], inside(at, name));
    }
    for (const [name, rule] of Object.entries(optional)) if (value[name] !== undefined) rule(value[name], inside(at, name));
  };
}

/** An array of a length, each item under one rule. */
export function list(item: Rule, { min = 0, max = Number.POSITIVE_INFINITY }: { readonly min?: number; readonly max?: number } = {}): Rule {
  return (value, at) => {
    if (!Array.isArray(value)) throw mustBe(at, "an array");
    if (value.length < min) throw mustBe(at, `an array of at least ${min} elements`);
    if (value.length > max) throw mustBe(at, `an array of at most ${max} elements`);
    for (const [index, each] of value.entries()) item(each, `${at}[${index}]`);
  };
}

/** Both rules, one after the other. */
export function both(first: Rule, second: Rule): Rule {
  return (value, at) => {
    first(value, at);
    second(value, at);
  };
}

/** The same rule, refusing with WhatsApp's own codes 131008 (missing) and 131009 (wrong) as Meta does inside messages. */
export function whatsappRule(rule: Rule): Rule {
  return (value, at) => {
    try {
      rule(value, at);
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal?.code !== 100) throw error;
      throw graphError(refusal.message.endsWith("is required.") ? 131008 : 131009, { details: refusal.message.replace("(#100) ", "") });
    }
  };
}

/** The error of a key that the parameter does not have. */
function unexpectedKey(name: string, at: string): Error {
  return graphError(100, { message: `(#100) Unexpected key "${name}" on param "${at}".` });
}

/** A field of a parameter as Meta writes it; at the top there is no parameter yet. */
export function inside(at: string, name: string): string {
  return at === "" ? name : `${at}['${name}']`;
}
