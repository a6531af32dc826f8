export type { SignupOutcome, SignupRefusal, SignupStop, SignupTold } from "./outcomes.ts";
export type { FacebookSdk, SignupPage } from "./page.ts";
export { type PrepareSignupOptions, prepareSignup, type ReadySignup } from "./prepare-signup.ts";
