// what asks Meta, in one file: loaded with the first call
export { checkNumber } from "./checking/check.ts";
export { disconnectNumber } from "./connect/disconnect.ts";
export { connectManually } from "./connect/manual.ts";
export { changeProfile, readProfile } from "./numbers/profile.ts";
export { raw } from "./numbers/raw.ts";
export { deregister, displayName, register, setPin } from "./numbers/registration.ts";
export { subscribeMessages } from "./numbers/subscribe.ts";
export { requestCode, verifyCode } from "./numbers/verification.ts";
export { openMedia } from "./media/open.ts";
export { uploadMedia } from "./media/upload.ts";
export { markRead, sendMessage } from "./outbound/send.ts";
export { afterConnect, beginSignup, finishSignup, goOnSignup, resumeSignup } from "./signup/signup.ts";
export { probeApp, probeGraphVersion, probePublicUrl, probeVerifyToken, probeWebhook } from "./probe/probes.ts";
