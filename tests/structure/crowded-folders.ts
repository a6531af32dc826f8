/** Folders of more than nine source files, which were looked at and stay one room, each with the reason. */
export const CROWDED_FOLDERS: Readonly<Record<string, string>> = {
  "packages/core/src/testing": "the echo vendor, a file for each way to reach it, and the tools that every test of core uses",
  "packages/core/src/voices": "one list and what is done with it, a step a file; two rooms would import each other",
  "packages/core/src/settings":
    "one record of settings, read, changed and shown by fields and by groups of fields; two rooms would import each other",
  "packages/core/src/api": "what a host sees, a file for each part of the client; none of them knows more of one than of another",
  "packages/core/src/connections": "one connection, a file for each thing that is done with it; what they share lies in lines",
  "packages/core/src/ports": "one port a file, each known by its own name; grouping them would part a port from what it hands over",
  "packages/core/src/ports/stores": "one store a file, and the pages and searches that all of them share",
  "packages/core/src/runtime": "what one client shares, a small tool a file; no two of them belong together more than the others",
  "packages/devices/src/elements/labels/en": "a file for each room of words, loaded with the part of the screen that says them",
  "packages/devices/src/elements/labels/es": "as the English ones",
  "packages/devices/src/elements/labels/pt": "as the English ones",
  "packages/devices/src/elements/settings/views":
    "one picture a file, each the function of one state, as in the views that all of the screen draws with",
  "packages/devices/src/elements/styles": "one sheet for each kind of block, adopted by the elements that draw it",
  "packages/devices/src/elements/views":
    "one picture a file, each the function of one state; the parts that all of them draw with stand beside them",
  "packages/storage/src/migrations": "a file for each version and what runs them; one that was published never moves",
  "packages/testing/src/contracts/storage": "one contract, a file for each store of the port and what they share",
};
