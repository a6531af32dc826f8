/** Folders of more than nine source files, which were looked at and stay one room, each with the reason. */
export const CROWDED_FOLDERS: Readonly<Record<string, string>> = {
  "packages/storage/src/migrations": "one file for each change of the schema, and what runs them; the changes only grow in number",
  "packages/core/src/voices": "one list and what is done with it, a step a file; two rooms would import each other",
};
