import { createWadesk } from "@wadesk/core";
import { echoVendor } from "../../../packages/core/src/testing/echo-channel.ts";
import { ENCRYPTION_KEYS } from "../world/app.ts";
import { type DatabasePlan, openStorage } from "./plan.ts";

// a process that links a number whose vendor never answers; it has taken the number and its account when it says so

process.stdin.once("end", () => process.exit(1)).resume();

const { database } = JSON.parse(process.env.HOST_PLAN ?? "") as { readonly database: DatabasePlan };
const vendor = echoVendor({ maxPerWorkspace: 1 });
const wadesk = createWadesk({ channels: [vendor.channel], encryptionKeys: ENCRYPTION_KEYS, storage: openStorage(database) });
vendor.onSubscribed = () => {
  console.log(linking.connectionId);
  return new Promise(() => {});
};
const linking = wadesk.workspace("acme").connect("echo", { number: "+111", token: "tok-1", account: "A" });
