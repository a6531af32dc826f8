export { type MountedHandler, type MountHost, type MountSituation, mountContract, type OpenMount } from "./mount.ts";
export { type WebhookSourceContractOptions, webhookSourceContract } from "./webhook-source.ts";
