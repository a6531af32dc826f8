import type { WadeskEvent } from "@wadesk/core";
import { manualClock } from "@wadesk/testing";
import { describe, expect, it } from "vitest";
import { FRAMEWORKS } from "./world/host-app.ts";
import { openWorld } from "./world/open-world.ts";

const SECOND = 1000;

describe.each(FRAMEWORKS)("an application on %s", (framework) => {
  it("connects a number, sends, sees the message climb to read, gets the reply and answers it", async () => {
    const time = manualClock();
    const pace = { sentMs: SECOND, deliveredMs: SECOND, readMs: SECOND, replyMs: SECOND };
    const { meta, wadesk, account } = await openWorld({ framework, time, pace });
    const acme = wadesk.workspace("acme");
    const ana = meta.addContact({ name: "Ana Souza", phone: "+5511999990000" });
    ana.answers(({ type }) => (type === "template" ? { type: "text", text: { body: "Oi! 👍" } } : undefined));

    const received: WadeskEvent<"message.received">[] = [];
    const standings: string[] = [];
    wadesk.process("message.received", async (event) => {
      received.push(event);
      const { contact, messageId, connection } = event.data;
      const content = { kind: "text", text: "Thank you" } as const;
      await acme.send({ to: contact, content, replyTo: messageId, from: connection.id, idempotencyKey: event.key });
    });
    wadesk.process("message.status", (event) => void standings.push(`${event.data.message?.id} ${event.data.standing}`));
    await wadesk.start();

    const connection = await acme.connect("cloud-api", account.input);
    expect(connection).toMatchObject({ status: { state: "connected" }, label: "Acme Shop", phone: "+15550100001", primary: true });

    const template = { kind: "template", name: "hello_world", language: "en_US" } as const;
    const sent = await acme.send({ to: "+55 11 99999-0000", content: template });
    expect(sent).toMatchObject({ connectionId: connection.id, providerId: expect.stringMatching(/^wamid\./) });
    const ladder = [(await acme.message(sent.id))?.status];
    for (let step = 0; step < 3; step += 1) {
      await time.advance(SECOND);
      ladder.push((await acme.message(sent.id))?.status);
    }
    expect(ladder).toEqual(["queued", "sent", "delivered", "read"]);
    expect(standings).toEqual(["sent", "delivered", "read"].map((standing) => `${sent.id} ${standing}`));

    await time.advance(SECOND);
    expect(received).toMatchObject([
      {
        type: "message.received",
        workspaceId: "acme",
        data: {
          connection: { id: connection.id, label: "Acme Shop" },
          contact: { phone: "+5511999990000", userId: ana.userId, name: "Ana Souza" },
          content: { kind: "text", text: "Oi! 👍" },
        },
      },
    ]);

    await time.advance(3 * SECOND);
    const [, answer] = meta.sent;
    expect(answer).toMatchObject({
      to: { userId: ana.userId },
      payload: { type: "text", text: { body: "Thank you" }, context: { message_id: received[0]?.data.messageId } },
      status: "read",
    });
    expect(meta.sent).toHaveLength(2);
    expect(meta.deliveries.map(({ status, attempt }) => [status, attempt])).toEqual(meta.deliveries.map(() => [200, 1]));
  });

  it("keeps its own routes: WaDesk takes its webhooks and nothing else", async () => {
    const { callback } = await openWorld({ framework });
    const order = { method: "POST", headers: { "content-type": "application/json" }, body: '{"id":7}' };
    const answer = await fetch(new URL("/orders", callback), order);
    if (framework === "node:http") expect([answer.status, (await answer.json()).error.code]).toEqual([404, "not_found"]);
    else expect(await answer.json()).toEqual({ ordered: { id: 7 } });
  });
});
