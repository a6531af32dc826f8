import { describe, expect, it } from "vitest";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { Contact } from "../model/contact.ts";
import type { ContactCard } from "../model/content.ts";
import { type EchoWorld, openEcho } from "../testing/open-echo.ts";

const hello = { to: "+49 151 000-00001", content: { kind: "text", text: "hello" } } as const;
async function connected(): Promise<EchoWorld & { readonly acme: ReturnType<EchoWorld["wadesk"]["workspace"]>; readonly id: string }> {
  const world = openEcho();
  const acme = world.wadesk.workspace("acme");
  const { id } = await acme.connect("echo", { number: "+111", token: "tok-1" });
  return { ...world, acme, id };
}

describe("send", () => {
  it("sends from the primary connection and answers the vendor's receipt with our ids", async () => {
    const { acme, id, vendor } = await connected();
    const sent = await acme.send({ ...hello, replyTo: "wamid.1" });
    expect(sent).toMatchObject({ providerId: "echo.1", acceptedAt: 1, connectionId: id });
    expect(vendor.sent[0]).toMatchObject({ id: sent.id, to: { phone: "+4915100000001" }, replyTo: "wamid.1" });
    expect(await acme.message(sent.id)).toMatchObject({ status: "queued", receipt: { providerId: "echo.1" } });
  });

  it("sends from a named connection", async () => {
    const { acme } = await connected();
    const second = await acme.connect("echo", { number: "+222", token: "tok-2" });
    expect((await acme.send({ ...hello, from: second.id })).connectionId).toBe(second.id);
  });

  it.each([
    ["content.text", { ...hello, content: { kind: "text", text: "" } }],
    ["content.txt", { ...hello, content: { kind: "text", text: "x", txt: "typo" } }],
    ["content.kind", { ...hello, content: { kind: "txt" } }],
    ["content.kind: is missing; type is not a field of content, kind is", { ...hello, content: { type: "text", text: "x" } }],
    ["to", { ...hello, to: 5 }],
    ["idempotencyKey", { ...hello, idempotencyKey: "" }],
    ["content.media.url", { ...hello, content: { kind: "image", media: { url: "ftp://x.example/a.png" } } }],
    ["to.lid", { ...hello, to: { lid: "5@g.us" } }],
    ["content.mentions.0.lid", { ...hello, content: { kind: "text", text: "hi @x", mentions: [{ lid: "1(" }] } }],
  ])("names the field %s when it is wrong, and asks the vendor nothing", async (field, request) => {
    const { acme, vendor } = await connected();
    const refusal = await acme.send(request as never).then(undefined, (error: unknown) => error);
    expect(refusal).toMatchObject({ code: "input_invalid" });
    expect(String(refusal)).toContain(field.split(".").at(-1));
    expect(vendor.sent).toEqual([]);
  });

  it.each(["4915100000001", "0049151000000", "+49", "hello", ""])("refuses the recipient %j and says why", async (to) => {
    const { acme } = await connected();
    await expect(acme.send({ ...hello, to })).rejects.toMatchObject({ code: "recipient_invalid", issues: [{ field: "to" }] });
  });

  it.each(["+5215512345678", "+15550100000", "+390612345678"])("does not hold %s to a numbering plan", async (to) => {
    const { acme } = await connected();
    expect((await acme.send({ ...hello, to })).providerId).toBe("echo.1");
  });

  it("sends to a contact who has no phone", async () => {
    const { acme, vendor } = await connected();
    await acme.send({ ...hello, to: { userId: "BR.1A2b" } });
    expect(vendor.sent[0]?.to).toEqual({ userId: "BR.1A2b" });
  });

  it("sends to a contact as an event names it, and passes a card on as it came in", async () => {
    const { acme, vendor } = await connected();
    const to: Required<Contact> = {
      phone: "+5511999990000",
      userId: "BR.1A2b",
      lid: "1@lid",
      username: "ana",
      name: "Ana",
      parentUserId: "BR.ENT.1",
      identityKey: "k=",
    };
    const card: ContactCard = { name: { formatted: "Ana" }, vcard: "BEGIN:VCARD\nFN:Ana\nEND:VCARD", requested: true };
    await acme.send({ ...hello, to });
    expect(vendor.sent[0]?.to).toEqual(to);
    // the echo has no cards; what refuses it is not their form
    const passedOn = acme.send({ to, content: { kind: "contacts", contacts: [card] } });
    await expect(passedOn).rejects.toMatchObject({ code: "content_unsupported" });
  });

  it("refuses content that the channel cannot send", async () => {
    const { acme } = await connected();
    const location = { kind: "location", latitude: 1, longitude: 2 } as const;
    await expect(acme.send({ to: hello.to, content: location })).rejects.toMatchObject({ code: "content_unsupported" });
  });

  it("says which channel is in force when there is nothing to send from", async () => {
    const { wadesk } = openEcho();
    const refusal = wadesk.workspace("acme").send(hello);
    await expect(refusal).rejects.toMatchObject({ code: "no_connection" });
    await expect(refusal).rejects.toThrow(/in force is echo/);
  });

  it("refuses to send from a connection that is not connected", async () => {
    const { acme, id } = await connected();
    await acme.disconnect(id);
    await expect(acme.send(hello)).rejects.toMatchObject({ code: "not_connected", remedy: "reconnect" });
  });

  it("turns the connection to failed at once when the vendor says that the token is dead", async () => {
    const { acme, id, vendor } = await connected();
    vendor.onSend = () => Promise.reject(new WadeskError("token_expired"));
    await expect(acme.send(hello)).rejects.toMatchObject({ code: "token_expired" });
    expect((await acme.get(id)).status).toMatchObject({ state: "failed", reason: "token_expired" });
    await expect(acme.send(hello)).rejects.toMatchObject({ code: "token_expired", remedy: "reconnect" });
    expect(vendor.sent).toHaveLength(1);
  });
});

describe("an idempotency key", () => {
  it("never sends twice: ten at once and one later get the first receipt", async () => {
    const { acme, vendor } = await connected();
    const request = { ...hello, idempotencyKey: "order-1" };
    const receipts = await Promise.all(Array.from({ length: 10 }, () => acme.send(request)));
    const later = await acme.send(request);
    expect(new Set([...receipts, later].map((receipt) => receipt.id)).size).toBe(1);
    expect(vendor.sent).toHaveLength(1);
  });

  it("is one workspace's own", async () => {
    const { acme, wadesk, vendor } = await connected();
    const rival = wadesk.workspace("rival");
    await rival.connect("echo", { number: "+222", token: "tok-2" });
    await acme.send({ ...hello, idempotencyKey: "order-1" });
    await rival.send({ ...hello, idempotencyKey: "order-1" });
    expect(vendor.sent).toHaveLength(2);
  });

  it("is refused for another message", async () => {
    const { acme } = await connected();
    await acme.send({ ...hello, idempotencyKey: "order-1" });
    const other = acme.send({ to: hello.to, content: { kind: "text", text: "other" }, idempotencyKey: "order-1" });
    await expect(other).rejects.toMatchObject({ code: "idempotency_key_reused" });
  });

  it("is free again after a refusal, since nothing went out", async () => {
    const { acme, vendor } = await connected();
    const answer = vendor.onSend;
    vendor.onSend = () => Promise.reject(new WadeskError("rate_limited", { retryAfterMs: 1000 }));
    await expect(acme.send({ ...hello, idempotencyKey: "order-1" })).rejects.toMatchObject({ code: "rate_limited", retryAfterMs: 1000 });
    vendor.onSend = answer;
    expect((await acme.send({ ...hello, idempotencyKey: "order-1" })).providerId).toBe("echo.2");
  });

  it.each([new WadeskError("outcome_unknown"), new TypeError("socket with Bearer EAAsecret")])(
    "stays taken when the answer was lost (%s), so that nothing is sent twice",
    async (failure) => {
      const { acme, vendor, log } = await connected();
      vendor.onSend = () => Promise.reject(failure);
      const refusal = acme.send({ ...hello, idempotencyKey: "order-1" });
      await expect(refusal).rejects.toMatchObject({ code: "outcome_unknown" });
      await expect(acme.send({ ...hello, idempotencyKey: "order-1" })).rejects.toMatchObject({ code: "outcome_unknown" });
      expect(vendor.sent).toHaveLength(1);
      expect(log.join()).not.toContain("EAAsecret");
    },
  );

  it("still answers its receipt after the connection was disconnected", async () => {
    const { acme, id } = await connected();
    const first = await acme.send({ ...hello, idempotencyKey: "order-1" });
    await acme.disconnect(id);
    expect(await acme.send({ ...hello, idempotencyKey: "order-1" })).toEqual(first);
  });
});
