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

/** Connects, sends, watches the ladder climb and a reply come in, answers it, and tries to forge a webhook. Rejects with what was not seen. */
export async function play({ wadesk, world, watch, url, say }: Stage): Promise<void> {
  const { app, ana, meta, config, credentials } = world;
  const callback = `${url}/webhooks/whatsapp/inbound`;
  const acme = wadesk.workspace("acme");

  say("\n1. Meta verifies the callback URL");
  await app.setWebhook({ url: callback, verifyToken: config.meta.verifyToken ?? "" });
  say("   ✓ the challenge came back");

  say("\n2. A workspace connects its number");
  const linking = acme.connect("cloud-api", credentials);
  for await (const step of linking)
    if (step.type === "check" && step.state === "passed") say(`   ✓ ${step.name} ${step.detail ?? ""}`.trimEnd());
  const connection = await linking;
  say(`   ${connection.label}, ${connection.phone}: ${connection.status.state}`);

  say("\n3. A message goes out, and its status climbs");
  ana.answers(({ context, id }) => (context === undefined ? { type: "text", text: { body: "Yes please!" }, context: { id } } : undefined));
  const sent = await acme.send({ to: ana.phone ?? "", content: { kind: "text", text: "Your order is ready. Shall we deliver it today?" } });
  say(`   → Ana: "Your order is ready. Shall we deliver it today?" (${sent.id})`);
  for (const status of LADDER) {
    await watch.until(
      `the status ${status}`,
      ({ type, data }) => type === "message.status" && data.messageId === sent.providerId && data.status === status,
    );
    say(`   ✓ ${status}`);
  }
  const standing = (await acme.message(sent.id))?.status;
  if (standing !== "read") throw new Error(`the message ended as ${standing} instead of read`);

  say("\n4. Ana replies, the handler answers");
  const reply = await watch.until("the reply", (event) => event.type === "message.received" && event.data.replyTo === sent.providerId);
  if (reply.type !== "message.received" || reply.data.content.kind !== "text") throw new Error("the reply was no text");
  say(`   ← ${reply.data.contact.name}: "${reply.data.content.text}"`);
  const answer = meta.sent.find((message) => message.payload.context !== undefined);
  if (answer === undefined) throw new Error("the handler's answer did not reach Meta");
  say('   → Ana: "Thank you, we got: Yes please!"');

  say("\n5. Somebody forges a webhook, and the log says why it was refused");
  const forged = await postForged(callback, credentials.phoneNumberId, credentials.wabaId);
  if (forged.status !== 401 || forged.code !== "signature_invalid")
    throw new Error(`the forged webhook was answered ${forged.status} ${forged.code}`);
  say(`   ✓ refused: ${forged.status} ${forged.code}`);
}
