/** What an example is told by its environment; the README lists the variables. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Whether the port was asked for; without it a free one is taken when 3000 is not. */
  readonly portIsChosen: boolean;
  readonly publicUrl: string | undefined;
  /** The file of the database; without it there is one beside the example. */
  readonly database: string | undefined;
  /** Without it the key of a development run is kept beside the database. */
  readonly encryptionKeys: string | undefined;
  readonly logEvents: boolean;
  readonly meta: {
    readonly appId: string | undefined;
    readonly appSecret: string | undefined;
    readonly verifyToken: string | undefined;
    /** Of Meta's own dialog, by which numbers are connected without a token. */
    readonly configId: string | undefined;
    readonly graphVersion: string | undefined;
    readonly graphUrl: string | undefined;
    readonly dialogUrl: string | undefined;
    readonly phoneNumberId: string | undefined;
    readonly wabaId: string | undefined;
    readonly accessToken: string | undefined;
  };
  readonly twilio: {
    readonly accountSid: string | undefined;
    readonly authToken: string | undefined;
    readonly from: string | undefined;
    readonly apiUrl: string | undefined;
    /** The template that begins a chat. */
    readonly contentSid: string | undefined;
  };
  readonly whatsappWeb: {
    /** The number of the phone to link, E.164. */
    readonly phone: string | undefined;
    readonly url: string | undefined;
    /** The helper service that keeps the sessions, where this process does not. */
    readonly bridge?: { readonly url: string; readonly secret: string };
  };
  readonly activeChannel: ChannelKind | undefined;
  /** Where the demo's vendors listen; any free port where there is none. */
  readonly fakePorts: Readonly<Record<"meta" | "twilio" | "whatsapp", number | undefined>>;
}

const CHANNELS = ["cloud-api", "twilio", "unofficial"] as const;
type ChannelKind = (typeof CHANNELS)[number];

/** Reads the environment. Unset variables stay unset; an empty one counts as unset. Throws a sentence that names the variable. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const read = (name: string): string | undefined => environment[name]?.trim() || undefined;
  return {
    host: read("HOST") ?? "127.0.0.1",
    port: readPort("PORT", read("PORT")) ?? 3000,
    portIsChosen: read("PORT") !== undefined,
    publicUrl: read("PUBLIC_URL"),
    database: read("DATABASE"),
    encryptionKeys: read("WADESK_ENCRYPTION_KEYS"),
    logEvents: read("LOG_EVENTS") === "1",
    meta: {
      appId: read("META_APP_ID"),
      appSecret: read("META_APP_SECRET"),
      verifyToken: read("META_VERIFY_TOKEN"),
      configId: read("META_CONFIG_ID"),
      graphVersion: read("META_GRAPH_VERSION"),
      graphUrl: read("META_GRAPH_URL"),
      dialogUrl: read("META_DIALOG_URL"),
      phoneNumberId: read("META_PHONE_NUMBER_ID"),
      wabaId: read("META_WABA_ID"),
      accessToken: read("META_ACCESS_TOKEN"),
    },
    twilio: {
      accountSid: read("TWILIO_ACCOUNT_SID"),
      authToken: read("TWILIO_AUTH_TOKEN"),
      from: read("TWILIO_FROM"),
      apiUrl: read("TWILIO_API_URL"),
      contentSid: read("TWILIO_CONTENT_SID"),
    },
    whatsappWeb: { phone: read("WHATSAPP_PHONE"), url: read("WHATSAPP_WEB_URL") },
    activeChannel: readChannel(read("ACTIVE_CHANNEL")),
    fakePorts: {
      meta: readPort("FAKE_META_PORT", read("FAKE_META_PORT")),
      twilio: readPort("FAKE_TWILIO_PORT", read("FAKE_TWILIO_PORT")),
      whatsapp: readPort("FAKE_WHATSAPP_PORT", read("FAKE_WHATSAPP_PORT")),
    },
  };
}

function readChannel(text: string | undefined): ChannelKind | undefined {
  const known = CHANNELS.find((channel) => channel === text);
  if (known === text) return known;
  throw new Error(`ACTIVE_CHANNEL must be ${CHANNELS.join(" or ")}, and is ${JSON.stringify(text)}`);
}

/** A port from 0 (any free one) to 65535. */
function readPort(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`${name} must be a number from 0 to 65535, and is ${JSON.stringify(text)}`);
  return port;
}
