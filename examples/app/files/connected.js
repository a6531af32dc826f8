// @ts-check
// The window of Meta's dialog closes itself, where a script has opened it.

window.close();
