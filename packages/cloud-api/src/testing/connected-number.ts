import type { Connection, ConnectionStatus } from "@wadesk/core";
import type { ConnectionContext } from "@wadesk/core/ports";
import { createFakeMeta, type FakeMeta, type LogLine, recordingLogger } from "@wadesk/testing";
import { type CloudApiChannel, cloudApi } from "../cloud-api.ts";
import type { CloudApiDetails, CloudApiSecret } from "../details.ts";
import type { CloudApiOptions, CloudApiSettings } from "../options.ts";

/** The moment that a test's clock shows. */
export const NOW = 1_780_000_000_000;

/** A number that is connected, the channel it is connected on, and the Meta behind both. */
export interface ConnectedNumber {
  readonly meta: FakeMeta;
  readonly channel: CloudApiChannel;
  readonly token: string;
  readonly connection: Connection<CloudApiDetails>;
  readonly context: ConnectionContext<CloudApiSettings, CloudApiSecret>;
  readonly lines: readonly LogLine[];
  /** How many other connections of the account there are; a test may change it. */
  readonly siblings: { count: number };
}

/** Makes one. The fake is to be closed after the test. */
export function connectedNumber(
  options: CloudApiOptions = {},
  status: ConnectionStatus = { state: "connected", since: 1 },
): ConnectedNumber {
  const meta = createFakeMeta();
  const app = meta.addApp();
  const { id: wabaId } = meta.addWaba();
  const { id: phoneNumberId } = meta.addNumber({ wabaId, verifiedName: "Acme Shop" });
  const token = meta.addToken({ appId: app.id, wabaIds: [wabaId] });
  const channel = cloudApi({ appId: app.id, appSecret: app.secret, retryDelayMs: 0, ...options });
  const { log, lines } = recordingLogger();
  const siblings = { count: 0 };
  const connection: Connection<CloudApiDetails> = {
    id: "conn_1",
    workspaceId: "acme",
    channel: "cloud-api",
    route: `cloud-api:${phoneNumberId}`,
    account: `cloud-api:${wabaId}`,
    label: "Acme",
    primary: true,
    status,
    details: { phoneNumberId, wabaId, businessId: "42" },
    warnings: [],
    createdAt: 1,
    epoch: 3,
    version: 1,
  };
  const context: ConnectedNumber["context"] = {
    settings: async () => channel.settings.defaults,
    publicUrl: undefined,
    fetch: (address, init) => meta.fetch(new Request(address, init)),
    now: () => NOW,
    log,
    secret: { accessToken: token },
    replaceSecret: async () => {},
    siblings: async () => siblings.count,
    records: { get: async () => new Map(), set: async () => {}, list: async () => ({ items: [] }), clear: async () => {} },
    signal: new AbortController().signal,
  };
  return { meta, channel, token, connection, context, lines, siblings };
}
