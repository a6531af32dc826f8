import { graphError } from "../graph/graph-error.ts";

/** A part of a template that wants so many parameters and was given another number. */
export function mismatch(part: string, given: number, wanted: number): Error {
  return graphError(132000, {
    details: `${part}: number of localizable_params (${given}) does not match the expected number of params (${wanted})`,
  });
}

/** A part of a template that was given something of another kind. */
export function wrongFormat(part: string, wanted: string, given: string): Error {
  return graphError(132012, { details: `${part}: Format mismatch, expected ${wanted.toUpperCase()}, received ${given.toUpperCase()}` });
}

/** A part of a template that was left unfilled. */
export function unfilled(details: string): Error {
  return graphError(131008, { details });
}
