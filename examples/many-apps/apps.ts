/** One app of the platform's at Magpie: where it is reached, and the secrets that it signs with. */
export interface MagpieApp {
  readonly apiUrl: string;
  readonly secrets: readonly string[];
}

/** What an admin sets: any number of apps, each under a name of the admin's. */
export interface MagpieSettings {
  readonly apps: Readonly<Record<string, MagpieApp>>;
}
