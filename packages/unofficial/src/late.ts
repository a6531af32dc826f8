// what links and opens, and Baileys with it, loaded with the first of them
export { linkNumber } from "./linking/link-number.ts";
export { openSession } from "./session/open-session.ts";
