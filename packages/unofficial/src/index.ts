export type { UnofficialDetails, UnofficialSecret } from "./details.ts";
export type { UnofficialInput } from "./input/unofficial-input.ts";
export type { UnofficialOptions, UnofficialSettings } from "./options.ts";
export { type UnofficialChannel, unofficial } from "./unofficial.ts";
