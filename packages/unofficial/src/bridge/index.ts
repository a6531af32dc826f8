export type { BridgeOptions } from "./bridge-options.ts";
export { type Bridge, createBridge } from "./create-bridge.ts";
export type { AppAnswer } from "./reports/reporter.ts";
