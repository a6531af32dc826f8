import type { Vendors } from "../world/open-vendors.ts";

const PATH = "/webhooks/whatsapp/inbound";

/** What the program prints: a file of variables, in which all else is a comment. */
export function pasted(vendors: Vendors, pageUrl: string, certificateFile: string | undefined): string {
  const { meta, twilio, whatsapp, webhooks } = vendors;
  const lines = ({ variables }: { readonly variables: readonly (readonly [string, string])[] }): string =>
    variables.map(([name, value]) => `${name}=${value}`).join("\n");
  const ofWhatsApp =
    whatsapp === undefined
      ? `# WhatsApp Web is not here: it needs Baileys beside it,
#   npx -p @wadesk/testing -p @whiskeysockets/baileys@7.0.0-rc14 fake-vendors`
      : `# WhatsApp Web: its phones and WHATSAPP_WEB_ROOT_KEY are new with each start. The phones, with all they can do: ${whatsapp.pageUrl}
# ${certificateFile === undefined ? "Files need --certificate (see --help)." : `Files: NODE_EXTRA_CA_CERTS=${certificateFile} node app.js`}
${lines(whatsapp)}`;
  return `# Meta, Twilio and WhatsApp Web are running on this computer. Ctrl+C ends them.
# The page with the people, what was sent, webhooks and faults: ${pageUrl}/
# Paste what follows into the .env of your application.

# Where webhooks go: ${webhooks} (--webhooks is another)
${address(webhooks)}

# Meta. META_PHONE_NUMBER_ID, META_WABA_ID and META_ACCESS_TOKEN are what connects the number
${lines(meta)}

# Twilio. TWILIO_FROM is the number of its sender
${lines(twilio)}

${ofWhatsApp}
`;
}

// the address that Twilio signs; one of another path is told whole
function address(webhooks: string): string {
  if (webhooks.endsWith(PATH)) return `PUBLIC_URL=${webhooks.slice(0, -PATH.length)}`;
  return `PUBLIC_URL=${new URL(webhooks).origin}\nTWILIO_WEBHOOK_URL=${webhooks}`;
}
