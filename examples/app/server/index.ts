export { type Client, createClient } from "./client.ts";
export { type Config, readConfig } from "./config.ts";
export { type Kept, openKept } from "./kept.ts";
export { demoName, type OpenedApp, openApp, seedOf, templatesOf, withFakes } from "./open-app.ts";
