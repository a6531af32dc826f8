export { createSignupHandler, type SignupAnswered, type SignupClient, type SignupHandlerOptions } from "./signup-handler.ts";
