import { type Printed, printed } from "./printed.ts";

/** What the file of tests that runs in this process printed so far. */
export const watched: Printed = printed();
