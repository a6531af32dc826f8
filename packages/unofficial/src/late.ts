// what links and opens, and Baileys with it, loaded with the first of them
export { connectNumber } from "./linking/connect-number.ts";
export { openSession } from "./session/open-session.ts";
