/** Folders of more than nine source files, which were looked at and stay one room, each with the reason. */
export const CROWDED_FOLDERS: Readonly<Record<string, string>> = {
  "packages/core/src/voices": "one list and what is done with it, a step a file; two rooms would import each other",
  "packages/core/src/settings":
    "one record of settings, read, changed and shown by fields and by groups of fields; two rooms would import each other",
  "packages/twilio/src/connect": "one dialog's steps, its checks and the check of the settings share the account's",
  "packages/storage/src/migrations": "a file for each version and what runs them; one that was published never moves",
  "packages/testing/src/contracts/storage": "one contract, a file for each store of the port and what they share",
};
