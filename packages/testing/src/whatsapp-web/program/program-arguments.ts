import { type ParseArgsConfig, parseArgs } from "node:util";
import type { NewAccount } from "../directory/directory.ts";

/** What a person asks of the program. */
export interface ProgramArguments {
  readonly wantsHelp: boolean;
  /** The port of the WebSocket; 0 takes a free one. */
  readonly port: number;
  /** The port of the page. */
  readonly pagePort: number;
  readonly phones: readonly NewAccount[];
  /** Where the media host's certificate is written; nowhere where undefined. */
  readonly certificateFile: string | undefined;
  /** Where it says that it is ready, and where the control endpoint is; nowhere where undefined. */
  readonly readyFile: string | undefined;
  /** Where every stanza is written; nowhere where undefined. */
  readonly transcriptFile: string | undefined;
}

const PHONES = "15550001111=Shop,15550002222=Ana";

const OPTIONS = {
  port: { type: "string", default: "0" },
  "page-port": { type: "string", default: "0" },
  phones: { type: "string", default: PHONES },
  certificate: { type: "string" },
  ready: { type: "string" },
  transcript: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** What `--help` prints. */
export const HELP: string = `fake-whatsapp: a WhatsApp Web server on this computer for bots on Baileys 7, with phones that you hold.

  fake-whatsapp [options]

  --port <number>         the WebSocket's port (a free one)
  --page-port <number>    the port of the page with the phones (a free one)
  --phones <list>         who is on WhatsApp: <number>=<name>,… (${PHONES})
  --certificate <file>    writes the media host's certificate there, for bots that send and fetch files:
                          NODE_EXTRA_CA_CERTS=<file> node bot.js
  --ready <file>          writes there, once everything listens, where it listens, and the address and token of
                          an HTTP endpoint that does what the phones do and more (see the guide)
  --transcript <file>     writes every stanza there as it passes
  --help                  this text

It takes Baileys from where you are. Where there is none:
  npx -p @wadesk/testing -p @whiskeysockets/baileys@7.0.0-rc14 fake-whatsapp
Nothing leaves this computer, and nothing is kept when it ends.`;

/** Reads the arguments. Throws with a sentence when they make no sense. */
export function programArguments(args: readonly string[]): ProgramArguments {
  refuseStrangers(args, OPTIONS);
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  return {
    wantsHelp: values.help,
    port: portOf("--port", values.port),
    pagePort: portOf("--page-port", values["page-port"]),
    phones: values.phones.split(",").map(person),
    certificateFile: values.certificate,
    readyFile: values.ready,
    transcriptFile: values.transcript,
  };
}

/** Refuses an option that there is not, and a word that belongs to none, with those that there are. */
export function refuseStrangers(args: readonly string[], options: NonNullable<ParseArgsConfig["options"]>): void {
  const there = `there are ${Object.keys(options)
    .map((name) => `--${name}`)
    .join(", ")}`;
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === "option" && !Object.hasOwn(options, token.name))
      throw new TypeError(`there is no option ${token.rawName}: ${there}`);
    if (token.kind === "positional") throw new TypeError(`${token.value} belongs to no option: ${there}`);
  }
}

function portOf(name: string, text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new TypeError(`${name} is a number from 0 to 65535, not "${text}"`);
  return port;
}

function person(text: string): NewAccount {
  const [number = "", ...name] = text.split("=");
  if (!/^\d{5,15}$/.test(number.trim())) throw new TypeError(`--phones lists <number>=<name>, the number in 5 to 15 digits, not "${text}"`);
  return name.length === 0 ? { number: number.trim() } : { number: number.trim(), name: name.join("=").trim() };
}
