import { Agent } from "node:https";
import { createRequire } from "node:module";
import { join } from "node:path";
import { connect } from "node:tls";
import type { WhatsAppWeb } from "@wadesk/testing/whatsapp-web";

/** What the walk uses of a client that others have written: the public surface of zapo 1.8.0, and no more of it. */
export interface IndependentClient {
  on(event: string, listener: (event: never) => void): unknown;
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  readonly auth: {
    requestPairingCode(number: string, showsNotification?: boolean, ownCode?: string): Promise<string>;
  };
  readonly message: {
    send(to: string, content: unknown, options?: object): Promise<{ readonly id: string }>;
    sendReceipt(jid: string, ids: readonly string[], options?: object): Promise<unknown>;
    downloadBytes(message: unknown): Promise<Uint8Array>;
    requestHistorySync(request: object): Promise<unknown>;
  };
  readonly group: {
    createGroup(subject: string, members: readonly string[]): Promise<{ readonly jid: string }>;
    queryGroupMetadata(jid: string): Promise<{ readonly participants: readonly { readonly jid: string }[] }>;
  };
}

/** An event of the client. */
export interface ClientEvent {
  readonly name: string;
  // each name has a shape of its own, which the walk states where it reads it
  readonly data: Readonly<Record<string, unknown>>;
}

/** A client that remembers its events. */
export interface OpenedClient {
  readonly client: IndependentClient;
  readonly events: readonly ClientEvent[];
  /** The first event of a name that fits and was not asked for before; waits for it. */
  next(name: string, fits?: (data: ClientEvent["data"]) => boolean): Promise<ClientEvent["data"]>;
}

/** What the client keeps between two connections: the object that its own `createStore` makes. */
export type ClientStore = object;

interface ClientLibrary {
  createStore(options: object): ClientStore;
  createNoopLogger?(level: string): object;
  readonly ConsoleLogger: new (level: string) => object;
  readonly WaClient: new (options: object, logger: object) => IndependentClient;
}

const EVENTS = [
  "auth_qr",
  "auth_pairing_required",
  "auth_paired",
  "connection",
  "message",
  "receipt",
  "history_sync_chunk",
  "offline_resume",
  "group",
  "stream_failure",
  "debug_client_error",
  "debug_unhandled_stanza",
];
const PATIENCE_MS = 60_000;

/** Loads the client that was built in a folder. Throws where there is none. */
export function independentClient(folder: string): {
  readonly name: string;
  store(): ClientStore;
  open(web: WhatsAppWeb, store: ClientStore, more?: object): OpenedClient;
} {
  const load = createRequire(join(folder, "package.json"));
  const { name, version, main } = load("./package.json") as { readonly name: string; readonly version: string; readonly main: string };
  const library = load(join(folder, main)) as ClientLibrary;
  return {
    name: `${name} ${version}`,
    store: () => library.createStore({}),
    open: (web, store, more = {}) => {
      const agent = mediaAgent(web);
      const options = {
        store,
        sessionId: "walk",
        chatSocketUrls: [web.url],
        deviceBrowser: "Chrome",
        deviceOsDisplayName: "Windows",
        history: { enabled: true },
        linkPreview: { enabled: false },
        proxy: { mediaUpload: agent, mediaDownload: agent },
        ...more,
        testHooks: { noiseRootCa: { publicKey: Buffer.from(web.rootKey, "hex"), serial: 0 } },
      };
      return remembering(new library.WaClient(options, new library.ConsoleLogger(process.env.WADESK_INDEPENDENT_LOG ?? "error")));
    },
  };
}

// the client fetches files of WhatsApp's own host, whatever the server calls its own
function mediaAgent({ certificate, mediaUrl }: WhatsAppWeb): Agent {
  const { hostname: host, port } = new URL(mediaUrl);
  const agent = new Agent({ ca: certificate });
  agent.createConnection = () =>
    connect({ ca: certificate, ALPNProtocols: ["http/1.1"], host, port: Number(port), checkServerIdentity: () => undefined });
  return agent;
}

function remembering(client: IndependentClient): OpenedClient {
  const events: ClientEvent[] = [];
  const taken = new Set<ClientEvent>();
  const waiting = new Set<() => void>();
  for (const name of EVENTS) {
    client.on(name, (data) => {
      events.push({ name, data });
      for (const look of [...waiting]) look();
    });
  }
  return {
    client,
    events,
    next: (name, fits = () => true) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          const seen = events.filter((each) => !taken.has(each)).map((each) => each.name);
          reject(new Error(`waited in vain for ${name}; there were ${seen.join(", ")}`));
        }, PATIENCE_MS);
        const look = (): void => {
          const found = events.find((each) => each.name === name && !taken.has(each) && fits(each.data));
          if (found === undefined) return;
          taken.add(found);
          waiting.delete(look);
          clearTimeout(timer);
          resolve(found.data);
        };
        waiting.add(look);
        look();
      }),
  };
}
