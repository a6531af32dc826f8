export { normalizeTwilio, type TwilioParameters } from "./normalize.ts";
