import { cloudApi } from "@wadesk/cloud-api";
import { createWadesk, isWadeskError, type MessageStatus, type Wadesk } from "@wadesk/core";
import { createWebhookHandler, type WebhookHandler } from "@wadesk/webhooks";

// Bundled without Node and run in an edge runtime. Only text goes in and out, since each runtime has objects of its own.

/** What the application is told. */
export interface GuestOptions {
  readonly encryptionKeys: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly verifyToken: string;
  /** Carries a request to Meta: a JSON `GuestRequest` in, a JSON `GuestAnswer` out. */
  readonly carry: (request: string) => Promise<string>;
}

/** A request as text. */
export interface GuestRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string;
}

/** A response as text. */
export interface GuestAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** The application within the runtime; what is not text is JSON. */
export interface Guest {
  open(options: GuestOptions): void;
  /** A webhook for the handler. */
  call(request: string): Promise<string>;
  connect(input: string): Promise<string>;
  send(request: string): Promise<string>;
  /** What a file says, or the code of the error. */
  download(media: string): Promise<string>;
  /** The id that a text has once it was brought to Meta as a file. */
  upload(text: string): Promise<string>;
  statusOf(messageId: string): Promise<MessageStatus | undefined>;
  /** The texts that `process` completed. */
  received(): string;
}

let wadesk: Wadesk<ReturnType<typeof cloudApi>> | undefined;
let handler: WebhookHandler | undefined;
const texts: string[] = [];

const guest: Guest = {
  open({ encryptionKeys, appId, appSecret, verifyToken, carry }) {
    const fetchOverBridge: typeof fetch = async (input, init) => {
      const request = new Request(input, init);
      const body = await request.text();
      const carried: GuestRequest = {
        method: request.method,
        url: request.url,
        headers: [...request.headers],
        ...(body !== "" && { body }),
      };
      return responseOf(JSON.parse(await carry(JSON.stringify(carried))));
    };
    wadesk = createWadesk({ channels: [cloudApi({ appId, appSecret, verifyToken })], encryptionKeys, fetch: fetchOverBridge });
    wadesk.process("message.received", ({ data }) => void (data.content.kind === "text" && texts.push(data.content.text)));
    handler = createWebhookHandler(wadesk);
  },
  async call(text) {
    const { url, ...request } = JSON.parse(text) as GuestRequest;
    const answer = await opened(handler)(new Request(url, { ...request, headers: request.headers.map(([...pair]) => pair) }));
    const shown: GuestAnswer = { status: answer.status, headers: [...answer.headers], body: await answer.text() };
    return JSON.stringify(shown);
  },
  connect: async (input) => JSON.stringify(await opened(wadesk).workspace("acme").connect("cloud-api", JSON.parse(input))),
  send: async (request) => JSON.stringify(await opened(wadesk).workspace("acme").send(JSON.parse(request))),
  download: async (media) => {
    try {
      const { stream } = await opened(wadesk).workspace("acme").media.download(JSON.parse(media));
      return await new Response(stream).text();
    } catch (error) {
      return isWadeskError(error) ? error.code : String(error);
    }
  },
  upload: async (text) => {
    const data = new TextEncoder().encode(text);
    return (await opened(wadesk).workspace("acme").media.upload({ data, mimeType: "text/plain" })).media.id;
  },
  statusOf: async (messageId) => (await opened(wadesk).workspace("acme").message(messageId))?.status,
  received: () => JSON.stringify(texts),
};

// where the host of the runtime finds it
Object.assign(globalThis, { guest });

function responseOf({ status, headers, body }: GuestAnswer): Response {
  return new Response(status === 204 ? null : body, { status, headers: headers.map(([...pair]) => pair) });
}

function opened<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("open() comes first");
  return value;
}
