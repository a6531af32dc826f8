export { type CloudApiChannel, cloudApi } from "./cloud-api.ts";
export type { CloudApiDetails, CloudApiSecret } from "./details.ts";
export { META_ERRORS, type MetaErrorRow } from "./error-codes.ts";
export type { ManualInput } from "./input.ts";
export type { CloudApiOptions, CloudApiSettings } from "./options.ts";
