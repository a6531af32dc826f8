import { type SignupNumber, WadeskError } from "@wadesk/core";
import { type ChannelSignup, lazySchema, type RequestChannel } from "@wadesk/core/ports";
import { z } from "zod";

/** What connecting to the echo vendor takes. */
export interface EchoInput {
  readonly number: string;
  readonly token: string;
  readonly account?: string;
  /** Shows a QR and waits until the vendor's `scan` is called. */
  readonly scan?: boolean;
}

/** The echo vendor's platform-wide settings. */
export interface EchoSettings {
  readonly region?: string;
  readonly hookSecret: readonly string[];
  readonly bridges: Readonly<Record<string, { readonly url: string; readonly secrets: readonly string[] }>>;
}

/** A channel of a kind that the screen has never seen. */
export type EchoChannel<Kind extends string> = RequestChannel<
  Kind,
  EchoInput,
  { readonly number: string },
  { readonly token: string },
  EchoSettings
>;

/** A made-up vendor: the token `wrong` is refused, and it remembers what it was asked. */
export interface EchoVendor<Kind extends string> {
  readonly channel: EchoChannel<Kind>;
  readonly calls: string[];
  /** The phone scans what is shown. */
  scan(): void;
}

// the text of the QR that the vendor shows
const QR_TEXT = "2@the-text-of-a-qr";

/** Makes one of a kind. */
export function echoVendor<Kind extends string>(kind: Kind): EchoVendor<Kind> {
  const calls: string[] = [];
  let scan = (): void => {};
  const channel: EchoChannel<Kind> = {
    spec: "v1",
    kind,
    input: lazySchema(async () =>
      z.strictObject({
        number: z
          .string()
          .regex(/^\+\d+$/, "must be + and digits")
          .meta({ title: "Number", "x-account": true }),
        token: z.string().min(1).meta({ writeOnly: true }),
        account: z.string().exactOptional(),
        scan: z.boolean().exactOptional(),
      }),
    ),
    settings: {
      schema: lazySchema(async () =>
        z.strictObject({ region: z.string().exactOptional(), hookSecret: z.array(z.string().min(4)).exactOptional() }),
      ),
      defaults: { hookSecret: ["secret-of-the-options"], bridges: {} },
      secrets: ["hookSecret"],
      groups: {
        bridges: {
          schema: lazySchema(async () => z.strictObject({ url: z.url().exactOptional(), secrets: z.array(z.string()).exactOptional() })),
          secrets: ["secrets"],
          required: ["url"],
        },
      },
      probe: { secret: async () => [{ ok: true, code: "secret_matches", text: "the secret matches" }] },
      missing: ({ region }) => (region === undefined ? ["no region is set: set one"] : []),
    },
    content: new Set(["text"]),
    signup: echoSignup(calls),
    webhook: {
      paths: [`/${kind}`],
      scheme: { detect: () => true, account: () => undefined, verify: async () => false },
      secretsFor: async () => [],
      normalize: () => [],
      acknowledge: () => new Response(),
    },
    async connect({ number, token, account, scan: wanted }, context) {
      calls.push(`connect ${number}`);
      await context.show({ type: "check", name: "token", state: "running" });
      if (token.startsWith("wrong")) {
        await context.show({ type: "check", name: "token", state: "failed" });
        throw new WadeskError("credentials_rejected");
      }
      await context.show({ type: "check", name: "token", state: "passed" });
      if (wanted) {
        const scanned = new Promise<void>((resolve, reject) => {
          scan = resolve;
          context.signal.addEventListener("abort", () => reject(new WadeskError("linking_cancelled")));
        });
        // it may be cancelled before anybody waits
        scanned.catch(() => undefined);
        await context.show({ type: "qr", text: QR_TEXT, expiresAt: context.now() + 20_000, number: 1, of: 6 });
        await scanned;
      }
      await context.claim(`${kind}:${number}`);
      return {
        route: `${kind}:${number}`,
        phone: number,
        details: { number },
        secret: { token },
        facts: { quality: "high", messagingLimit: 1000, given: { number }, ...(account !== undefined && { account }) },
        defaultLabel: `Echo ${number}`,
      };
    },
    line: ({ epoch, phone = "" }, context) => ({
      disconnect: async () => void calls.push(`disconnect ${phone}`),
      async check() {
        calls.push(`check ${phone}`);
        return { signals: [{ type: "alive", at: context.now(), epoch }] };
      },
      send: async ({ id }) => ({ providerId: `echo.${id}`, acceptedAt: context.now() }),
    }),
  };
  return { channel, calls, scan: () => scan() };
}

const OFFERED: readonly SignupNumber[] = [{ id: "n1", label: "Shop", phone: "+4915100000001" }];

function echoSignup(calls: string[]): ChannelSignup<EchoInput, EchoSettings> {
  return {
    begin: async (state) => ({ opening: { type: "url", url: `https://echo.example.com/dialog?state=${state}` }, kept: {} }),
    async finish(code, _kept, context) {
      calls.push(`exchange ${code}`);
      await context.check({ name: "code", state: "passed" });
      return { question: { type: "choose_numbers", numbers: OFFERED }, kept: { token: `token-of-${code}` } };
    },
    async resume(_answer, _question, kept) {
      const { token } = kept as { readonly token: string };
      return { connect: OFFERED.map((number) => ({ ...number, input: { number: number.phone ?? "", token } })) };
    },
    cancel: async () => void calls.push("revoke"),
  };
}
