/** The version of what app and bridge say to each other. Either side refuses another one by its number. */
export const PROTOCOL_VERSION = 1;

/** How many characters a secret has at least: a shorter one can be guessed by who has one signed request. */
export const LEAST_SECRET = 32;

/** Who speaks: an app calls, a bridge reports. What is signed for one is never taken for the other. */
export type Direction = "call" | "report";

/** What of a request is signed. */
export interface SignedParts {
  readonly direction: Direction;
  readonly method: string;
  /** Of the address as it is called, with the query and its `?` where there is one. */
  readonly path: string;
  /** The bridge that calls, or is called, by the name that the app's host gave it. */
  readonly bridge: string;
  /** As `digestOf` writes it. */
  readonly digest: string;
}

/** Letters, digits, hyphens and underscores, 40 at most, as the name of any group of settings: it goes into a header, a line and a speaker. */
export function isBridgeName(name: string): boolean {
  return /^[A-Za-z0-9][\w-]{0,39}$/.test(name);
}

/** A request as the text that stands in the place of the body where Standard Webhooks sign a body: a line for each part, none of which can hold a line's end. */
export function canonicalText({ direction, method, path, bridge, digest }: SignedParts): string {
  return [`wadesk-bridge/${PROTOCOL_VERSION} ${direction}`, method, path, bridge, digest].join("\n");
}
