import type { Parts } from "./create-parts.ts";

/** What does a client's work, loaded and made with the first call, and the same from then on. */
export type Work = () => Promise<Omit<typeof import("./late.ts"), "createParts"> & Parts>;
