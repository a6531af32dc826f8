#!/usr/bin/env node
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { controlEndpoint } from "../control/control-endpoint.ts";
import { writeReadyFile } from "../control/ready-file.ts";
import { createWhatsAppWeb } from "../create-whatsapp-web.ts";
import type { WhatsAppWeb } from "../whatsapp-web.ts";
import { type PhonesPage, phonesPage } from "./phones-page.ts";
import { HELP, type ProgramArguments, programArguments } from "./program-arguments.ts";

try {
  const asked = programArguments(process.argv.slice(2));
  if (asked.wantsHelp) console.log(HELP);
  else await run(asked);
} catch (error) {
  console.error(`fake-whatsapp: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

async function run({ port, pagePort, phones, certificateFile, readyFile, transcriptFile }: ProgramArguments): Promise<void> {
  const complaints: string[] = [];
  const web = await createWhatsAppWeb({
    repeatedTokens: "allowed",
    port,
    ...(transcriptFile !== undefined && { transcriptFile }),
    onComplaint: (complaint) => {
      complaints.push(complaint);
      console.error(`A bot did what WhatsApp Web does not know: ${complaint}\n`);
    },
  });
  try {
    const held = phones.map((person) => web.addPhone(person));
    const page = await phonesPage(web, held, { port: pagePort, complaints: () => complaints });
    const control = await controlEndpoint(web, held, { complaints: () => complaints.splice(0) });
    if (readyFile !== undefined) await writeReadyFile(readyFile, web, control, page.url);
    if (certificateFile !== undefined) await writeFile(certificateFile, web.certificate);
    console.log(instructions(web, page, certificateFile));
    await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
    await Promise.all([page.close(), control.close()]);
  } finally {
    await web.close();
  }
}

function instructions(web: WhatsAppWeb, page: PhonesPage, certificateFile: string | undefined): string {
  return `A WhatsApp Web server is running here. Ctrl+C ends it.

  WebSocket   ${web.url}
  The phones  ${page.url}

Point a bot on Baileys 7 there:
  makeWASocket({ auth, waWebSocketUrl: "${web.url}" })
Before it connects, let it trust this server (7.0.0-rc14 checks no certificate yet; what checks one needs this line):
  (await import("@whiskeysockets/baileys")).WA_CERT_DETAILS.PUBLIC_KEY.set(Buffer.from("${web.rootKey}", "hex"));
Its QR codes can be pasted into the page, or the bot hands them over:
  socket.ev.on("connection.update", ({ qr }) => qr && fetch("${page.url}qr", { method: "POST", body: qr }));
${certificateFile === undefined ? "Files need --certificate (see --help)." : `So that it can send and fetch files: NODE_EXTRA_CA_CERTS=${certificateFile} node bot.js`}`;
}
