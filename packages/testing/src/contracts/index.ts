export { type ChannelPromise, type ChannelUnderTest, channelContract, channelPromises } from "./channel.ts";
export { type FileMishaps, type MediaUnderTest, mediaContract } from "./media/media.ts";
export { type MountedHandler, type MountHost, type MountSituation, mountContract, type OpenMount } from "./mount.ts";
export { type SessionPromise, sessionContract, sessionPromises } from "./session/session.ts";
export type { SessionUnderTest, SessionVendor } from "./session/session-under-test.ts";
export { type SettingsPromise, type SettingsUnderTest, settingsContract, settingsPromises } from "./settings.ts";
export { type SignupPromise, type SignupUnderTest, signupContract, signupPromises } from "./signup.ts";
export { type OpenStorage, storageContract } from "./storage/storage.ts";
export { type WebhookSourceContractOptions, webhookSourceContract } from "./webhook-source.ts";
