export { type NumberChoice, type NumberRule, steadyNumbers } from "@wadesk/core/ports";
export type {
  BridgedChannel,
  BridgedDetails,
  BridgedInput,
  BridgedOptions,
  BridgedSecret,
  BridgedSettings,
  BridgeOption,
  BridgeSettings,
} from "./bridge-remote/bridged-options.ts";
export type { UnofficialDetails, UnofficialSecret } from "./details.ts";
export { type ImportingWorkspace, type ImportRequest, importSession, readSession } from "./import-session.ts";
export type { PhoneInput, SessionInput, StoredSession, UnofficialInput } from "./input/unofficial-input.ts";
export type { SessionSource } from "./moving/read-session.ts";
export type { LimitOptions, UnofficialOptions, UnofficialSettings } from "./options.ts";
export { type Unofficial, type UnofficialChannel, unofficial } from "./unofficial.ts";
export type { UnofficialWarning } from "./warnings.ts";
