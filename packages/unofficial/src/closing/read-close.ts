import type { SocketEvents } from "../baileys/baileys.ts";

/** How a client of WhatsApp Web ended. */
export interface Close {
  /** Baileys' `statusCode`; 500 where there was none. */
  readonly code: number;
  /** Who said so: WhatsApp when it refused the login (`failure`) or ended the stream (`stream`), or else the connection. */
  readonly said: "failure" | "stream" | "socket";
  /** Whether it ended because every QR code of a round was shown. */
  readonly codesShown: boolean;
  /** Present where what answered has no certificate of WhatsApp's. */
  readonly isUntrusted?: true;
  /** What WhatsApp gave along with a refusal. */
  readonly attributes: Readonly<Record<string, string>>;
}

type Ended = NonNullable<SocketEvents["connection.update"]["lastDisconnect"]>;

// as Baileys 7.0.0-rc14 words them
const FAILURE = "Connection Failure";
const STREAM = /^Stream Errored/;
const CODES_SHOWN = "QR refs attempts ended";
const UNTRUSTED = /^(noise .*certificate|certification match failed)/;

/** What is to be done about one that is not trusted. */
export const UNTRUSTED_SERVER: string =
  "what answered is not WhatsApp, since its certificate has another signature: look for a proxy in between; where it is a WhatsApp Web server for tests in another process, give its rootKey as webSocketRootKey";

/** Reads what Baileys says of a close. */
export function readClose(ended: Ended | undefined): Close {
  const {
    message = "",
    output,
    data,
  } = (ended?.error ?? {}) as {
    readonly message?: string;
    readonly output?: { readonly statusCode?: number };
    readonly data?: unknown;
  };
  const said = message === FAILURE ? "failure" : STREAM.test(message) ? "stream" : "socket";
  return {
    code: output?.statusCode ?? 500,
    said,
    codesShown: message === CODES_SHOWN,
    ...(UNTRUSTED.test(message) && { isUntrusted: true }),
    attributes: said === "failure" && typeof data === "object" && data !== null ? textsOf(data) : {},
  };
}

function textsOf(data: object): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(data).filter((pair): pair is [string, string] => typeof pair[1] === "string"));
}
