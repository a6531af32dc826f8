import { type SignupNumber, WadeskError } from "@wadesk/core";
import { type Channel, type ChannelSignup, lazySchema } from "@wadesk/core/ports";
import { z } from "zod";
import { ECHO_HEADER, echoVendor } from "./echo-channel.ts";

/** What connecting to an app of the echo vendor takes. */
export interface AppInput {
  readonly number: string;
  readonly token: string;
  readonly app: string;
}

/** The vendor's apps, each of which signs with secrets of its own. */
export interface AppsSettings {
  readonly apps: Readonly<Record<string, { readonly secrets: readonly string[] }>>;
}

/** A channel of a vendor that calls each app at a path of its own. */
export type EchoAppsChannel = Channel<"echo", AppInput, { readonly number: string }, { readonly token: string }, AppsSettings>;

/** The numbers that the vendor's dialog offers. */
export const OFFERED: readonly SignupNumber[] = ["+4915100000001", "+4915100000002"].map((phone, index) => ({
  id: `n${index + 1}`,
  label: `Shop ${index + 1}`,
  phone,
}));

/** The code that the vendor refuses. */
export const REFUSED_CODE = "used-before";

/** Makes one over the plain echo channel. Nothing in it is known to WaDesk but the port. */
export function echoApps(signup: ChannelSignup<AppInput, AppsSettings> = dialog()): EchoAppsChannel {
  const { channel } = echoVendor("unused");
  const { webhook } = channel;
  if (webhook === undefined) throw new Error("the echo channel receives nothing");
  return {
    spec: "v1",
    kind: "echo",
    content: new Set(["text"]),
    input: lazySchema(async () => z.strictObject({ number: z.string().min(1), token: z.string().min(1), app: z.string().min(1) })),
    settings: {
      schema: lazySchema(async () => z.strictObject({}), { apps: true }),
      defaults: { apps: {} },
      secrets: [],
      groups: {
        apps: {
          schema: lazySchema(async () => z.strictObject({ secrets: z.array(z.string().min(1)).exactOptional() })),
          secrets: ["secrets"],
        },
      },
    },
    connect: async ({ number, token, app }, context) => {
      await context.claim(`echo:${number}`);
      return { route: `echo:${number}`, speaker: `echo:app:${app}`, phone: number, details: { number }, secret: { token } };
    },
    line: ({ epoch }, context) => ({
      disconnect: async () => {},
      check: async () => ({ signals: [{ type: "alive", at: context.now(), epoch }] }),
      send: async ({ id }) => ({ providerId: `echo.${id}`, acceptedAt: context.now() }),
    }),
    webhook: {
      paths: ["/echo/:app"],
      scheme: {
        detect: ({ headers }) => headers.has(ECHO_HEADER),
        account: () => undefined,
        verify: async ({ headers }, candidate) => headers.get(ECHO_HEADER) === candidate,
      },
      secretsFor: async (_account, { parameter, settings }) => {
        const { apps } = await settings();
        const app = parameter === undefined ? undefined : apps[parameter];
        return (app?.secrets ?? []).map((secret) => ({ secret, speaker: `echo:app:${parameter}` }));
      },
      normalize: (raw) => webhook.normalize(raw),
      acknowledge: (raw) => webhook.acknowledge(raw),
    },
    signup,
  };
}

/** The token that the vendor gives for a code. */
export function tokenOf(code: string): string {
  return `token-for-${code}`;
}

/** The vendor's dialog: the numbers are chosen, and a code that is sent by SMS proves them. */
export function dialog(): ChannelSignup<AppInput, AppsSettings> {
  return {
    begin: async (state) => ({ opening: { type: "helper", values: { state, configuration: "4000000001" } }, kept: { app: "eu" } }),
    async finish(code, kept, context) {
      if (code === REFUSED_CODE) throw new WadeskError("credentials_rejected", { detail: "the code was used before" });
      await context.check({ name: "code", state: "running" });
      await context.check({ name: "code", state: "passed" });
      return { question: { type: "choose_numbers", numbers: OFFERED }, kept: { ...(kept as object), token: tokenOf(code) } };
    },
    async resume(answer, _question, kept) {
      const { token, app, chosen = [] } = kept as { readonly token: string; readonly app: string; readonly chosen?: readonly string[] };
      const [first] = OFFERED;
      if (answer.type === "choose_numbers" && first !== undefined) {
        return { question: { type: "verification_code", number: first, sentBy: "sms" }, kept: { token, app, chosen: answer.numbers } };
      }
      const numbers = OFFERED.filter(({ id }) => chosen.includes(id));
      return { connect: numbers.map((number) => ({ ...number, input: { number: number.phone ?? "", token, app } })) };
    },
  };
}
