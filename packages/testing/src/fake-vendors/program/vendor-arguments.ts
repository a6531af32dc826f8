import { parseArgs } from "node:util";
import { refuseStrangers } from "../../whatsapp-web/program/program-arguments.ts";
import type { VendorPorts } from "../world/open-vendors.ts";

/** What a person asks of the program. */
export interface VendorArguments {
  readonly wantsHelp: boolean;
  /** The port of the page; 0 takes a free one. */
  readonly port: number;
  readonly ports: VendorPorts;
  /** Where the application takes webhooks. */
  readonly webhooks: string;
  /** Where the media host's certificate is written; nowhere where undefined. */
  readonly certificateFile: string | undefined;
}

const WEBHOOKS = "http://127.0.0.1:3000/webhooks/whatsapp/inbound";
const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];
const OPTIONS = {
  port: { type: "string", default: "4400" },
  "meta-port": { type: "string", default: "4401" },
  "twilio-port": { type: "string", default: "4402" },
  "whatsapp-port": { type: "string", default: "4403" },
  "phones-port": { type: "string", default: "4404" },
  webhooks: { type: "string", default: WEBHOOKS },
  certificate: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** What `--help` prints. */
export const VENDORS_HELP: string = `fake-vendors: a Meta, a Twilio and a WhatsApp Web on this computer, with a page that holds the people.

  fake-vendors [options]

  --port <number>           the page's port (4400); of this and each other port, 0 takes a free one
  --meta-port <number>      that of Meta's Graph API (4401)
  --twilio-port <number>    that of Twilio's APIs (4402)
  --whatsapp-port <number>  that of WhatsApp Web (4403)
  --phones-port <number>    that of the page with WhatsApp Web's phones (4404)
  --webhooks <url>          where your application takes webhooks, on this computer
                            (${WEBHOOKS})
  --certificate <file>      writes the certificate of WhatsApp Web's files there, for applications that send and fetch them:
                            NODE_EXTRA_CA_CERTS=<file> node app.js
  --help                    this text

What it prints is a file of variables: fake-vendors > .env.fakes, and then
  node --env-file=.env --env-file=.env.fakes app.js
The ids and secrets of Meta and Twilio are the same with each start; the phones of WhatsApp Web are new.
WhatsApp Web takes Baileys from where you are. Where there is none, Meta and Twilio run alone:
  npx -p @wadesk/testing -p @whiskeysockets/baileys@7.0.0-rc14 fake-vendors
Nothing leaves this computer, and nothing is kept when it ends.`;

/** Reads the arguments. Throws with a sentence when they make no sense. */
export function vendorArguments(args: readonly string[]): VendorArguments {
  refuseStrangers(args, OPTIONS);
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  return {
    wantsHelp: values.help,
    port: portOf("--port", values.port),
    ports: {
      meta: portOf("--meta-port", values["meta-port"]),
      twilio: portOf("--twilio-port", values["twilio-port"]),
      whatsapp: portOf("--whatsapp-port", values["whatsapp-port"]),
      phones: portOf("--phones-port", values["phones-port"]),
    },
    webhooks: webhooksOf(values.webhooks),
    certificateFile: values.certificate,
  };
}

function portOf(name: string, text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new TypeError(`${name} is a number from 0 to 65535, not "${text}"`);
  return port;
}

function webhooksOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "http:" && LOOPBACK.includes(url.hostname)) return text;
  throw new TypeError(`--webhooks is an address of this computer such as ${WEBHOOKS}, not "${text}"`);
}
