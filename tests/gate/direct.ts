import type { WebhookHandler } from "@wadesk/webhooks";
import { ACCOUNT, PATH } from "./accounts.ts";

/** What came of one request that was handed to the handler itself, without a server. */
export interface DirectAnswer {
  readonly status: number;
  readonly ms: number;
  /** How many pieces of the body were taken. */
  readonly pieces: number;
}

const MEBIBYTE = 1024 * 1024;
const META = { "x-hub-signature-256": `sha256=${"0".repeat(64)}` };
const TWILIO = { "x-twilio-signature": `${"A".repeat(27)}=`, "content-type": "application/x-www-form-urlencoded" };

interface Attack {
  readonly query?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly pieces: Iterable<Uint8Array>;
}

async function attack(handler: WebhookHandler, { query = "", headers, pieces }: Attack): Promise<DirectAnswer> {
  let taken = 0;
  const rest = pieces[Symbol.iterator]();
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const { done, value } = rest.next();
        if (done) return controller.close();
        taken += 1;
        controller.enqueue(value);
      },
    },
    { highWaterMark: 0 },
  );
  const url = `https://chat.example.com${PATH}${query}`;
  const began = performance.now();
  const { status } = await handler(new Request(url, { method: "POST", headers, body, duplex: "half" } as RequestInit));
  return { status, ms: Math.round(performance.now() - began), pieces: taken };
}

function* bytes(count: number): Generator<Uint8Array> {
  const one = Uint8Array.of(120);
  for (let index = 0; index < count; index += 1) yield one;
}

const form = (rest: string): readonly Uint8Array[] => [new TextEncoder().encode(`AccountSid=${ACCOUNT}&${rest}`)];

/** Many long fields that differ in their last byte alone, the greatest first. */
function alike(count: number, length: number): string {
  const middle = "x".repeat(length - 4);
  return Array.from({ length: count }, (_, index) => `${middle}${String(count - index).padStart(4, "0")}`).join("&");
}

/** Requests that were made to cost, by name; none is signed by anybody. */
export const DIRECT: Readonly<Record<string, (handler: WebhookHandler) => Promise<DirectAnswer>>> = {
  "unsigned-bytes": (handler) => attack(handler, { headers: {}, pieces: bytes(10 * MEBIBYTE) }),
  "meta-bytes": (handler) => attack(handler, { headers: META, pieces: bytes(10 * MEBIBYTE) }),
  "twilio-bytes": (handler) => attack(handler, { headers: TWILIO, pieces: bytes(4 * MEBIBYTE) }),
  "meta-large": (handler) => attack(handler, { headers: META, pieces: [new Uint8Array(4 * MEBIBYTE)] }),
  "twilio-query": (handler) => attack(handler, { headers: TWILIO, query: `?${"a&".repeat(60 * 1024)}`, pieces: form("Body=x") }),
  "twilio-query-values": (handler) => attack(handler, { headers: TWILIO, query: `?${"a=%27&".repeat(20 * 1024)}`, pieces: form("Body=x") }),
  "twilio-few-alike": (handler) => attack(handler, { headers: TWILIO, pieces: form(alike(31, 130_000)) }),
  "twilio-many-alike": (handler) => attack(handler, { headers: TWILIO, pieces: form(alike(999, 4000)) }),
  "twilio-large": (handler) => attack(handler, { headers: TWILIO, pieces: form(`Body=${"%41".repeat(1_390_000)}`) }),
  "twilio-fields": (handler) => attack(handler, { headers: TWILIO, pieces: form("a&".repeat(2_000_000)) }),
};
