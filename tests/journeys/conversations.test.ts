import type { WadeskEvent } from "@wadesk/core";
import {
  type MetaPayload,
  metaEcho,
  metaHandover,
  metaJson,
  metaMessage,
  metaStandby,
  metaStandbyEcho,
  metaStatus,
  metaText,
  signMeta,
} from "@wadesk/testing";
import { expect, it } from "vitest";
import { openWorld } from "./world/open-world.ts";

async function openNumber() {
  const world = await openWorld();
  const { wadesk, account, app, callback } = world;
  await wadesk.workspace("acme").connect("cloud-api", account.input);
  const heard: WadeskEvent[] = [];
  wadesk.on("event.completed", (event) => void heard.push(event));
  const number = { wabaId: account.wabaId, phoneNumberId: account.numberId };
  const post = async (payload: MetaPayload): Promise<WadeskEvent | undefined> => {
    const body = metaJson(payload);
    const answer = await fetch(callback, { method: "POST", body, headers: { "x-hub-signature-256": signMeta(body, app.secret) } });
    expect(answer.status).toBe(200);
    return heard.at(-1);
  };
  return { ...world, number, heard, post };
}

it("a conversation that another sender handles is read along and handed over, and no handler of messages hears of it before", async () => {
  const { wadesk, number, heard, post } = await openNumber();
  const answered: string[] = [];
  wadesk.process("message.received", ({ data }) => void answered.push(data.messageId));
  await post(metaStandby(metaText({ ...number, id: "wamid.1", body: "I want my money back" })));
  await post(metaStandbyEcho({ ...number, id: "wamid.2", message: { to: "5511999990000", type: "text", text: { body: "Let me see" } } }));
  await post(metaStandby(metaStatus({ ...number, id: "wamid.2", status: "read" })));
  expect(heard).toMatchObject([
    { type: "conversation.observed", data: { messageId: "wamid.1", fromBusiness: false, content: { text: "I want my money back" } } },
    { type: "conversation.observed", data: { messageId: "wamid.2", fromBusiness: true, content: { text: "Let me see" } } },
    { type: "conversation.observed", data: { messageId: "wamid.2", fromBusiness: true, status: "read" } },
  ]);
  expect(answered).toEqual([]);
  expect(await post(metaHandover({ ...number, summary: "She wants a refund." }))).toMatchObject({
    type: "conversation.transferred",
    data: { contact: { phone: "+5511999990000" }, change: "gained", previous: "ai_agent", summary: "She wants a refund." },
  });
  // the same message, now as ours: it was observed and was not received yet
  await post(metaText({ ...number, id: "wamid.1", body: "I want my money back", summary: "She wants a refund." }));
  expect(answered).toEqual(["wamid.1"]);
});

it("an edit and a deletion say whose they are, over the wire", async () => {
  const { number, post } = await openNumber();
  const edit = { original_message_id: "wamid.0", message: { type: "text", text: { body: "better" } } };
  expect(await post(metaMessage({ ...number, type: "edit", content: edit, groupId: "g1", id: "wamid.1" }))).toMatchObject({
    type: "message.edited",
    data: { messageId: "wamid.0", fromBusiness: false, groupId: "g1", content: { text: "better" } },
  });
  const revoke = { original_message_id: "wamid.9" };
  expect(await post(metaEcho({ ...number, type: "revoke", content: revoke, id: "wamid.2" }))).toMatchObject({
    type: "message.revoked",
    data: { messageId: "wamid.9", fromBusiness: true, contact: { phone: "+5511999990000" } },
  });
});
