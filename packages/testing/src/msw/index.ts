export { metaHandlers } from "./meta.ts";
