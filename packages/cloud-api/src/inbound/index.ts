export { normalizeMeta } from "./normalize.ts";
