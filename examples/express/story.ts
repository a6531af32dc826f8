import type { Connection, Linking, LinkStep, MessageStatus, Workspace } from "@wadesk/core";
import type { Client } from "@wadesk/example-app/server";
import type { FakeWorld } from "@wadesk/example-app/world";
import { postForged } from "./forge.ts";
import { askScreens } from "./screens.ts";
import type { Watch } from "./watch.ts";

/** What the story needs. */
export interface Stage {
  readonly wadesk: Client;
  readonly world: FakeWorld;
  readonly verifyToken: string | undefined;
  readonly watch: Watch;
  readonly url: string;
  readonly say: (line: string) => void;
}

type Say = Stage["say"];

const LADDER = ["sent", "delivered", "read"] as const;
const TEXT = "Your order is ready. Shall we deliver it today?";

/**
 * Connects, sends, watches the ladder climb and a reply come in, answers it and tries to forge a webhook; then the admin moves the platform to Twilio, on which
 * the same code does the same, back, and to WhatsApp Web, for which a phone is linked. Rejects with what was not seen.
 */
export async function play(stage: Stage): Promise<void> {
  const { wadesk, world, url, say } = stage;
  const { meta, twilio, phones } = world;
  const callback = `${url}/webhooks/whatsapp/inbound`;
  const acme = wadesk.workspace("acme");

  say("\n1. Meta verifies the callback URL");
  await meta.app.setWebhook({ url: callback, verifyToken: stage.verifyToken ?? "" });
  say("   ✓ the challenge came back");

  say("\n2. A workspace connects its number");
  await wadesk.settings.setActiveChannel("cloud-api");
  const ofMeta = {
    route: `cloud-api:${meta.input.phoneNumberId}`,
    connect: () => acme.connect("cloud-api", meta.input),
    reconnect: (id: string) => acme.reconnect(id, "cloud-api", meta.input),
  };
  if (await connectOnce(acme, ofMeta, say)) await meta.remember();

  say("\n3. A message goes out, its status climbs, Ana replies and is answered");
  meta.ana.answers(({ context, id }) =>
    context === undefined ? { type: "text", text: { body: "Yes please!" }, context: { id } } : undefined,
  );
  await talk(stage, () => meta.fake.sent.some(({ payload }) => payload.context !== undefined));

  say("\n4. Somebody forges a webhook, and the log says why it was refused");
  const forged = await postForged(callback, meta.input.phoneNumberId, meta.input.wabaId);
  if (forged.status !== 401 || forged.code !== "signature_invalid")
    throw new Error(`the forged webhook was answered ${forged.status} ${forged.code}`);
  say(`   ✓ refused: ${forged.status} ${forged.code}`);

  say("\n5. The admin moves the platform to Twilio");
  await wadesk.settings.setActiveChannel("twilio");
  twilio.sender.setWebhook({ callbackUrl: callback });
  const ofTwilio = {
    route: `twilio:${twilio.input.accountSid}:${twilio.sender.number}`,
    alone: true,
    connect: () => acme.connect("twilio", twilio.input),
    reconnect: (id: string) => acme.reconnect(id, "twilio", twilio.input),
  };
  await connectOnce(acme, ofTwilio, say);
  await expectListed(acme, "twilio", twilio.sender.number, say);

  say("\n6. The same lines of code send there");
  let answers = 0;
  twilio.ana.answers(() => {
    answers += 1;
    return answers === 1 ? "Yes please!" : undefined;
  });
  await talk(stage, () => answers > 1);

  say("\n7. And back");
  await wadesk.settings.setActiveChannel("cloud-api");
  await expectListed(acme, "cloud-api", "+15550100001", say);

  say("\n8. The admin moves the platform to WhatsApp Web, and a phone is linked");
  await wadesk.settings.setActiveChannel("unofficial");
  const ofPhone = {
    route: `unofficial:acme:${phones.shop.number}`,
    isNew: true,
    connect: () => acme.connect("unofficial", { ...phones.input, label: "Demo Shop" }),
    reconnect: (id: string) => acme.reconnect(id, "unofficial", phones.input),
    scan: (qr: string) => phones.shop.scan(qr),
  };
  await connectOnce(acme, ofPhone, say);
  await expectListed(acme, "unofficial", phones.input.phone, say);

  say("\n9. The same lines of code send there");
  const came = phones.reply("Yes please!");
  // that WhatsApp has taken it is what `send` itself waits for there
  await talk(stage, () => came() > 1, ["delivered", "read"]);

  say("\n10. The pages answer whoever signs in");
  for (const line of await askScreens(url)) say(`   ✓ ${line}`);
}

interface DemoNumber {
  readonly route: string;
  /** Whether a workspace has no other of its channel. */
  readonly alone?: boolean;
  /** Whether it is a phone that nothing was linked to yet. */
  readonly isNew?: boolean;
  readonly connect: () => Linking<unknown>;
  readonly reconnect: (id: string) => Linking<unknown>;
  /** The phone looks at a QR. */
  readonly scan?: (qr: string) => Promise<unknown>;
}

// answers whether it was connected before: the database kept it, and its credentials open and still count
async function connectOnce(acme: Workspace<never>, number: DemoNumber, say: Say): Promise<boolean> {
  const { items } = await acme.list();
  // an earlier run may have had other numbers; where a workspace has one alone, that one moves
  const found = items.find(({ route }) => route === number.route) ?? (number.alone ? items[0] : undefined);
  const kept = !number.isNew && found?.route === number.route && found.status.state === "connected" ? await acme.check(found.id) : found;
  const holds = !number.isNew && kept?.route === number.route && kept.status.state === "connected";
  const connection = holds ? kept : await follow(kept ? number.reconnect(kept.id) : number.connect(), number, say);
  await acme.setPrimary(connection.id);
  if (holds) say("   ✓ connected since your last run");
  say(`   ${connection.label}, ${connection.phone}: ${connection.status.state}`);
  return holds;
}

async function follow(linking: Linking<unknown>, { scan }: DemoNumber, say: Say): Promise<Connection> {
  for await (const step of linking) {
    const line = lineOf(step);
    if (line !== undefined) say(`   ✓ ${line}`);
    if (step.type === "qr") await scan?.(step.text);
  }
  return linking;
}

function lineOf(step: LinkStep): string | undefined {
  if (step.type === "qr") return `QR ${step.number} of ${step.of} is shown, and the phone scans it`;
  if (step.type === "check" && step.state === "passed") return `${step.name} ${step.detail ?? ""}`.trimEnd();
  return step.type === "step" ? `${step.step}${step.percent === undefined ? "" : ` ${step.percent} %`}` : undefined;
}

// names no channel: it is what the application itself would do
async function talk({ wadesk, watch, say }: Stage, wasAnswered: () => boolean, ladder: readonly MessageStatus[] = LADDER): Promise<void> {
  const acme = wadesk.workspace("acme");
  const sent = await acme.send({ to: "+5511999990000", content: { kind: "text", text: TEXT } });
  say(`   → Ana: "${TEXT}"`);
  if (!ladder.includes("sent")) say("   ✓ sent");
  for (const status of ladder) {
    await watch.until(
      `the status ${status}`,
      ({ type, data }) => type === "message.status" && data.messageId === sent.providerId && data.status === status,
      sent.providerId,
    );
    say(`   ✓ ${status}`);
  }
  const standing = (await acme.message(sent.id))?.status;
  if (standing !== "read") throw new Error(`the message ended as ${standing} instead of read`);
  const reply = await watch.until(
    "the reply",
    ({ type, data }) =>
      type === "message.received" &&
      data.connection.id === sent.connectionId &&
      data.content.kind === "text" &&
      data.content.text === "Yes please!",
  );
  if (reply.type !== "message.received") throw new Error("the reply was no message");
  say(`   ← ${reply.data.contact.name}: "Yes please!"`);
  await watch.until(
    "the answer's way to Ana",
    ({ type, data }) =>
      type === "message.status" && data.messageId !== sent.providerId && data.connection.id === sent.connectionId && wasAnswered(),
  );
  say('   → Ana: "Thank you, we got: Yes please!"');
}

async function expectListed(acme: Workspace<never>, channel: string, phone: string, say: Say): Promise<void> {
  const { items, channel: inForce } = await acme.list();
  const listed = [...new Set(items.map((each) => each.phone ?? ""))].join(", ");
  if (inForce !== channel || items.some((each) => each.channel !== channel) || !items.some((each) => each.phone === phone)) {
    throw new Error(`the list of ${inForce} shows ${listed || "nothing"} instead of ${phone} on ${channel}`);
  }
  say(`   In force: ${channel}. The workspace's list shows ${listed} and nothing of other channels`);
}
