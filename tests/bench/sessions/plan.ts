/** What a keeper is asked: how it stands, and before that to have every session report that it is alive. */
export type Ask = "standing" | "alive";

/** How many sessions a keeper has open, and how many statements it has had the database run since it began. */
export interface Standing {
  readonly open: number;
  readonly statements: number;
}
