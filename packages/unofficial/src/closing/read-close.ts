import type { SocketEvents } from "../baileys/baileys.ts";

/** How a client of WhatsApp Web ended. */
export interface Close {
  /** Baileys' `statusCode`; 500 where there was none. */
  readonly code: number;
  /** Who said so: WhatsApp when it refused the login (`failure`) or ended the stream (`stream`), or else the connection. */
  readonly said: "failure" | "stream" | "socket";
  /** Whether it ended because every QR code of a round was shown. */
  readonly codesShown: boolean;
  /** What WhatsApp gave along with a refusal. */
  readonly attributes: Readonly<Record<string, string>>;
}

type Ended = NonNullable<SocketEvents["connection.update"]["lastDisconnect"]>;

// as Baileys 7.0.0-rc14 words them
const FAILURE = "Connection Failure";
const STREAM = /^Stream Errored/;
const CODES_SHOWN = "QR refs attempts ended";

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
    attributes: said === "failure" && typeof data === "object" && data !== null ? textsOf(data) : {},
  };
}

function textsOf(data: object): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(data).filter((pair): pair is [string, string] => typeof pair[1] === "string"));
}
