export type { DevicesClient } from "./desk.ts";
export { createDevicesHandler, type DevicesHandler } from "./handler.ts";
export type { DevicesAuthorize, DevicesOptions, DevicesPerson } from "./options.ts";
export type { WireConnection, WireNotice } from "./wire/connection.ts";
export type { WireEvent } from "./wire/event.ts";
export type { ConnectBody, ReconnectBody, RenameBody, WireLink, WireStep } from "./wire/link.ts";
export type { ListQuery, WireCounts, WireList } from "./wire/list.ts";
export type { Problem, Values, WireFailure, WireIssue } from "./wire/problem.ts";
export type {
  ActiveBody,
  SettingsBody,
  WireAllSettings,
  WireChanged,
  WireFindings,
  WireReadiness,
  WireSettings,
  WireSettingsForm,
} from "./wire/settings.ts";
export type { WireChannel, WireForm, WireSetup } from "./wire/setup.ts";
export type { BeginBody, FinishBody, ResumeBody, SignupQuery, WireBegun, WireSignup } from "./wire/signup.ts";
