export { type CloudApiChannel, cloudApi } from "./cloud-api.ts";
export type { CloudApiWarning } from "./connect/warnings.ts";
export type { CloudApiDetails, CloudApiSecret } from "./details.ts";
export { META_ERRORS, type MetaErrorRow } from "./errors/error-codes.ts";
export type { ManualInput } from "./input/manual-input.ts";
export type { CloudApiOptions, CloudApiSettings } from "./options.ts";
