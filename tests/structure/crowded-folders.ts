/** Folders of more than nine source files, which were looked at and stay one room, each with the reason. */
export const CROWDED_FOLDERS: Readonly<Record<string, string>> = {
  "packages/core/src/voices": "one list and what is done with it, a step a file; two rooms would import each other",
  "packages/testing/src/contracts/storage":
    "a file of promises for each thing that is kept, and what they share; two rooms would be one file and the rest",
};
