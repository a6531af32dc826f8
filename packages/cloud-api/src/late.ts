// what asks Meta, in one file: loaded with the first call
export { checkNumber } from "./connect/check.ts";
export { disconnectNumber } from "./connect/disconnect.ts";
export { connectManually } from "./connect/manual.ts";
export { openMedia } from "./media/open.ts";
export { uploadMedia } from "./media/upload.ts";
export { markRead, sendMessage } from "./outbound/send.ts";
export { probeApp, probePublicUrl, probeVerifyToken, probeWebhook } from "./probe/probes.ts";
