import type { Connection, Linking, Workspace } from "@wadesk/core";
import type { Client } from "./client.ts";
import type { FakeWorld } from "./fake-world.ts";
import { postForged } from "./forge.ts";
import type { Watch } from "./watch.ts";

/** What the story needs. */
export interface Stage {
  readonly wadesk: Client;
  readonly world: FakeWorld;
  readonly watch: Watch;
  readonly url: string;
  readonly say: (line: string) => void;
}

const LADDER = ["sent", "delivered", "read"] as const;
const TEXT = "Your order is ready. Shall we deliver it today?";

/**
 * Connects, sends, watches the ladder climb and a reply come in, answers it and tries to forge a webhook; then the admin moves the platform to the
 * other channel, on which the same code does the same, and back. Rejects with what was not seen.
 */
export async function play(stage: Stage): Promise<void> {
  const { wadesk, world, url, say } = stage;
  const { meta, twilio, config } = world;
  const callback = `${url}/webhooks/whatsapp/inbound`;
  const acme = wadesk.workspace("acme");

  say("\n1. Meta verifies the callback URL");
  await meta.app.setWebhook({ url: callback, verifyToken: config.meta.verifyToken ?? "" });
  say("   ✓ the challenge came back");

  say("\n2. A workspace connects its number");
  await follow(acme.connect("cloud-api", meta.input), say);

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
  await expectListed(acme, "twilio", [], say);
  twilio.sender.setWebhook({ callbackUrl: callback });
  await follow(acme.connect("twilio", twilio.input), say);
  await expectListed(acme, "twilio", [twilio.input.from ?? ""], say);

  say("\n6. The same lines of code send there");
  let answers = 0;
  twilio.ana.answers(() => {
    answers += 1;
    return answers === 1 ? "Yes please!" : undefined;
  });
  await talk(stage, () => answers > 1);

  say("\n7. And back");
  await wadesk.settings.setActiveChannel("cloud-api");
  await expectListed(acme, "cloud-api", ["+15550100001"], say);
}

async function follow(linking: Linking<unknown>, say: Stage["say"]): Promise<Connection> {
  for await (const step of linking) {
    if (step.type === "check" && step.state === "passed") say(`   ✓ ${step.name} ${step.detail ?? ""}`.trimEnd());
  }
  const connection = await linking;
  say(`   ${connection.label}, ${connection.phone}: ${connection.status.state}`);
  return connection;
}

// names no channel: it is what the application itself would do
async function talk({ wadesk, watch, say }: Stage, wasAnswered: () => boolean): Promise<void> {
  const acme = wadesk.workspace("acme");
  const sent = await acme.send({ to: "+5511999990000", content: { kind: "text", text: TEXT } });
  say(`   → Ana: "${TEXT}"`);
  for (const status of LADDER) {
    await watch.until(
      `the status ${status}`,
      ({ type, data }) => type === "message.status" && data.messageId === sent.providerId && data.status === status,
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

async function expectListed(acme: Workspace<never>, channel: string, phones: readonly string[], say: Stage["say"]): Promise<void> {
  const list = await acme.list();
  const listed = list.items.map(({ phone }) => phone ?? "");
  if (list.channel !== channel || listed.join() !== phones.join()) {
    throw new Error(`${list.channel} lists ${listed.join(", ") || "nothing"} instead of ${phones.join(", ") || "nothing"} on ${channel}`);
  }
  say(`   In force: ${channel}. The workspace's list shows ${listed.length === 0 ? "nothing of the other channel" : listed.join(", ")}`);
}
