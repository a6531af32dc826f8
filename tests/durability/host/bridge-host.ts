import { createServer } from "node:http";
import { createBridge } from "@wadesk/unofficial/bridge";
import { toNode } from "@wadesk/webhooks/node";
import { AMPLE_PACE } from "../../journeys/world/ample-pace.ts";
import { ENCRYPTION_KEYS } from "../world/app.ts";
import { type DatabasePlan, openStorage } from "./plan.ts";
import { trustRoot } from "./trust-root.ts";

// a bridge in a process of its own; whoever started it may kill it at any moment

process.stdin.once("end", () => process.exit(1)).resume();

/** What it is told. */
export interface BridgePlan {
  readonly database: DatabasePlan;
  /** The app's address. */
  readonly app: string;
  /** The secret of both sides. */
  readonly secret: string;
  /** At which it listens. */
  readonly port: number;
  /** Where WhatsApp Web is. */
  readonly url: string;
  /** The server's, in hexadecimal digits. */
  readonly rootKey: string;
}

const { database, app, secret, port, url, rootKey } = JSON.parse(process.env.HOST_PLAN ?? "") as BridgePlan;
trustRoot(rootKey);
const bridge = createBridge({
  app,
  secrets: secret,
  storage: openStorage(database),
  encryptionKeys: ENCRYPTION_KEYS,
  whatsapp: { webSocketUrl: url, ...AMPLE_PACE },
  log: { debug() {}, info() {}, warn() {}, error() {} },
});
await bridge.start();
const server = createServer(toNode((request) => bridge.handle(request)));
server.listen(port, "127.0.0.1", () => process.stdout.write("listens\n"));
