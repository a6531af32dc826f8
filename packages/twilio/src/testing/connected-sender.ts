import { type Connection, type LinkStep, WadeskError } from "@wadesk/core";
import type { ConnectContext, ConnectionContext } from "@wadesk/core/ports";
import { createFakeTwilio, type FakeTwilio, type LogLine, recordingLogger, type TwilioAccount, type TwilioSender } from "@wadesk/testing";
import type { TwilioDetails, TwilioSecret } from "../details.ts";
import type { TwilioOptions, TwilioSettings } from "../options.ts";
import { type TwilioChannel, twilio } from "../twilio.ts";

/** The moment that a test's clock shows. */
export const NOW = 1_780_000_000_000;

/** A Twilio with one account and one sender, a channel, and what the client would hand it. */
export interface TwilioWorld {
  readonly fake: FakeTwilio;
  readonly account: TwilioAccount;
  readonly sender: TwilioSender;
  readonly channel: TwilioChannel;
  readonly lines: readonly LogLine[];
  /** What a connect was shown and what it claimed. */
  readonly steps: readonly LinkStep[];
  readonly claims: readonly (readonly [route: string, account: string | undefined])[];
  readonly connecting: (partial?: Partial<ConnectContext<TwilioSettings>>) => ConnectContext<TwilioSettings>;
  readonly connected: (
    partial?: Partial<ConnectionContext<TwilioSettings, TwilioSecret>>,
  ) => ConnectionContext<TwilioSettings, TwilioSecret>;
  /** A connection on the sender, or on another number of the account. */
  readonly connection: (number?: string, details?: Partial<TwilioDetails>) => Connection<TwilioDetails>;
}

/** Makes one. The fake is to be closed after the test. */
export function twilioWorld(
  options: TwilioOptions = {},
  publicUrl: URL | undefined = new URL("https://chat.example.com/app/"),
): TwilioWorld {
  const fake = createFakeTwilio();
  const account = fake.addAccount({ friendlyName: "Acme Ltd" });
  const sender = fake.addSender({ accountSid: account.sid, name: "Acme Shop" });
  const channel = twilio({ retryDelayMs: 0, ...options });
  const { log, lines } = recordingLogger();
  const steps: LinkStep[] = [];
  const claims: [string, string | undefined][] = [];
  const shared = {
    settings: async () => channel.settings.defaults,
    publicUrl,
    fetch: (address: Parameters<typeof fetch>[0], init?: RequestInit) => fake.fetch(new Request(address, init)),
    now: () => NOW,
    log,
    records: {
      get: async () => new Map<string, Uint8Array>(),
      set: async () => {},
      list: async () => ({ items: [] }),
      clear: async () => {},
    },
    signal: new AbortController().signal,
  };
  return {
    fake,
    account,
    sender,
    channel,
    lines,
    steps,
    claims,
    connecting: (partial) => ({
      ...shared,
      connectionId: "con_1",
      workspaceId: "acme",
      show: async (step) => {
        if (partial?.signal?.aborted) throw new WadeskError("linking_cancelled");
        steps.push(step);
      },
      claim: async (route, owner) => void claims.push([route, owner]),
      announce: async () => {},
      ...partial,
    }),
    connected: (partial) => ({
      ...shared,
      secret: { authToken: account.authToken },
      replaceSecret: async () => {},
      siblings: async () => 0,
      ...partial,
    }),
    connection: (number = sender.number, details = {}) => ({
      id: "con_1",
      workspaceId: "acme",
      channel: "twilio",
      route: `twilio:${account.sid}:${number}`,
      account: `twilio:${account.sid}`,
      label: "Acme",
      primary: true,
      status: { state: "connected", since: 1 },
      details: { mode: "production", from: number, accountSid: "AC…", ...details },
      warnings: [],
      createdAt: 1,
      epoch: 3,
      version: 1,
    }),
  };
}
