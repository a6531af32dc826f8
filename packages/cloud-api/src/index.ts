export { type CloudApi, type CloudApiChannel, cloudApi } from "./cloud-api.ts";
export type { CloudApiWarning } from "./connect/warnings.ts";
export type { CloudApiDetails, CloudApiSecret } from "./details.ts";
export { META_ERRORS, type MetaErrorRow } from "./errors/error-codes.ts";
export type { ManualInput } from "./input/manual-input.ts";
export type { CloudApiOperations, CodeRequest, DisplayName, Registration } from "./numbers/operations.ts";
export type { BusinessProfile, ProfileChange } from "./numbers/profile.ts";
export type { RawAnswer, RawMethod, RawOptions } from "./numbers/raw.ts";
export type { CloudApiOptions, CloudApiSettings } from "./options.ts";
