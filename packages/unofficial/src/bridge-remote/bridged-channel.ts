import { lazySchema, steadyNumbers, unprintedDefaults } from "@wadesk/core/ports";
import { CONTENT, EXTRAS, FALLBACKS, largest, SILENCE_LIMIT_MS } from "../abilities.ts";
import { PHONE_LIMIT_MS } from "../closing/phone-limit.ts";
import { type BridgedChannel, type BridgedOptions, type BridgedSettings, readBridged } from "./bridged-options.ts";
import { bridgedWebhook } from "./bridged-webhook.ts";

// loaded with the first call
const late = (): Promise<typeof import("./bridged-late.ts")> => import("./bridged-late.ts");

/** Makes the channel whose numbers' sessions bridges keep. Throws `configuration_invalid` on options that cannot work. */
export function bridgedChannel(options: BridgedOptions): BridgedChannel {
  const { defaults, timeoutMs } = readBridged(options);
  return {
    spec: "v1",
    kind: "unofficial",
    input: lazySchema(() => import("./bridged-schemas.ts").then((file) => file.bridgedInput)),
    settings: unprintedDefaults<BridgedSettings>({
      schema: lazySchema(() => import("./bridged-schemas.ts").then((file) => file.bridgedSettings)),
      defaults,
      secrets: [],
      groups: {
        bridges: {
          schema: lazySchema(() => import("./bridged-schemas.ts").then((file) => file.bridgeGroup), { url: true, secrets: true }),
          secrets: ["secrets"],
          required: ["url"],
          chosenBy: "bridge",
        },
      },
      probe: { bridges: async (context) => (await late()).probeBridges(timeoutMs, context) },
      missing: missingOf,
    }),
    content: CONTENT,
    fallbacks: FALLBACKS,
    extras: EXTRAS,
    // a file at an address is fetched by the bridge, which is told the address
    files: { upload: { largest } },
    groups: true,
    numbers: options.numbers ?? steadyNumbers,
    silenceLimitMs: SILENCE_LIMIT_MS,
    phoneLimitMs: PHONE_LIMIT_MS,
    connect: async (input, context) => (await late()).linkRemote(timeoutMs, input, context),
    line: (connection, context) => {
      const line = async () => (await late()).remoteLine(timeoutMs, connection, context);
      const media = async () => (await line()).media;
      const groups = async () => (await line()).groups;
      return {
        send: async (message) => (await line()).send(message),
        check: async () => (await line()).check(),
        disconnect: async () => (await line()).disconnect(),
        markRead: async (mark) => (await line()).markRead?.(mark),
        media: {
          open: async (reference, work) => (await media()).open(reference, work),
          upload: async (file, work) => (await media()).upload(file, work),
        },
        groups: {
          list: async () => (await groups()).list(),
          get: async (groupId) => (await groups()).get(groupId),
          create: async (group) => (await groups()).create(group),
          change: async (groupId, edit) => (await groups()).change(groupId, edit),
          leave: async (groupId) => (await groups()).leave(groupId),
          invite: async (groupId, renew) => (await groups()).invite(groupId, renew),
          join: async (invite) => (await groups()).join(invite),
        },
      };
    },
    webhook: bridgedWebhook,
  };
}

function missingOf({ bridges }: BridgedSettings): readonly string[] {
  const all = Object.entries(bridges);
  if (all.length === 0)
    return ["no bridge is configured, so no phone can be linked: give unofficial({ bridges }) one, or add one to the settings"];
  return all.flatMap(([name, { secrets, url }]) => {
    const lacks =
      secrets.length === 0
        ? [`the bridge "${name}" has no shared secret, so its reports are refused: set it to its NODE_WEBHOOK_TOKEN`]
        : [];
    const { protocol, hostname } = new URL(url);
    const isOpen = protocol === "http:" && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
    return isOpen
      ? [...lacks, `messages go to the bridge "${name}" over plain http: use https, unless the network between is your own`]
      : lacks;
  });
}
