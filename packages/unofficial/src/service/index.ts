export { type RunBridgeOptions, runBridge } from "./run-bridge.ts";
