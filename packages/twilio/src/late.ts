// what asks Twilio, in one file: loaded with the first call
export { checkNumber } from "./connect/check.ts";
export { connectNumber } from "./connect/connect.ts";
export { probeAccount, probeWebhookUrl } from "./connect/probe.ts";
export { openMedia } from "./media/open.ts";
export { sendMessage } from "./outbound/send.ts";
