import type { WadeskEvent } from "@wadesk/core";
import { describe, expect, it } from "vitest";
import { ECHO_HEADER, type EchoNote, echoVendor } from "./world/echo-channel.ts";
import { openWorld } from "./world/open-world.ts";

const SECRET = "echo-secret-1";
const hello = { kind: "text", text: "Hello" } as const;

/** A workspace with a number on each of two channels; `cloud-api` is in force. */
async function openTwoChannels() {
  const vendor = echoVendor(SECRET);
  const world = await openWorld({ extra: [vendor.channel] });
  const { wadesk, meta, account, callback } = world;
  const acme = wadesk.workspace("acme");
  const official = await acme.connect("cloud-api", account.input);
  const echo = await acme.connect("echo", { number: "+4915100000001", token: "tok" });
  const ana = meta.addContact({ phone: "+5511999990000" });
  ana.send(account.numberId, { type: "text", text: { body: "Hi" } });
  await meta.settled();
  const received: WadeskEvent<"message.received">[] = [];
  wadesk.process("message.received", (event) => void received.push(event));
  const post = (note: Partial<EchoNote>, secret = SECRET): Promise<Response> => {
    const whole: EchoNote = { to: "+4915100000001", from: "+4915100000009", id: "e1", text: "Hallo", ...note };
    return fetch(new URL("/webhooks/echo", callback), { method: "POST", body: JSON.stringify(whole), headers: { [ECHO_HEADER]: secret } });
  };
  return { ...world, acme, official, echo, ana, to: ana.phone ?? "", vendor, received, post };
}

describe("a platform with two channels", () => {
  it("lists and sends by the one in force alone, and follows the admin when that changes", async () => {
    const { acme, wadesk, meta, official, echo, to, vendor } = await openTwoChannels();
    expect(await wadesk.settings.activeChannel()).toBe("cloud-api");
    expect(await acme.list()).toMatchObject({ channel: "cloud-api", items: [{ id: official.id }], counts: { all: 1, connected: 1 } });
    expect((await acme.send({ to, content: hello })).connectionId).toBe(official.id);
    expect([meta.sent.length, vendor.sent.length]).toEqual([1, 0]);

    await wadesk.settings.setActiveChannel("echo");
    expect(await acme.list()).toMatchObject({ channel: "echo", items: [{ id: echo.id, primary: true }], counts: { all: 1, connected: 1 } });
    expect((await acme.send({ to, content: hello })).connectionId).toBe(echo.id);
    expect([meta.sent.length, vendor.sent.length]).toEqual([1, 1]);

    await wadesk.settings.setActiveChannel("cloud-api");
    expect((await acme.send({ to, content: hello })).connectionId).toBe(official.id);
  });

  it("never sends by a leftover, and says which channel is in force; by name it can be looked at, checked and removed", async () => {
    const { acme, wadesk, meta, official, to, vendor } = await openTwoChannels();
    await wadesk.settings.setActiveChannel("echo");
    const refusal = acme.send({ to, content: hello, from: official.id });
    await expect(refusal).rejects.toMatchObject({ code: "channel_inactive", remedy: "change-request" });
    await expect(refusal).rejects.toThrow("the channel in force is echo");
    await expect(acme.markRead({ from: official.id, messageId: "wamid.x" })).rejects.toMatchObject({ code: "channel_inactive" });
    expect([meta.sent.length, vendor.sent.length]).toEqual([0, 0]);
    expect((await acme.get(official.id)).channel).toBe("cloud-api");
    expect((await acme.check(official.id)).status.state).toBe("connected");
    expect((await acme.rename(official.id, "Old number")).label).toBe("Old number");
    await acme.remove(official.id);
    await expect(acme.get(official.id)).rejects.toMatchObject({ code: "connection_not_found" });
  });

  it("says which channel is in force when a workspace has nothing to send from on it", async () => {
    const { wadesk, to, acme, echo } = await openTwoChannels();
    await wadesk.settings.setActiveChannel("echo");
    await acme.remove(echo.id);
    const refusal = acme.send({ to, content: hello });
    await expect(refusal).rejects.toMatchObject({ code: "no_connection" });
    await expect(refusal).rejects.toThrow("the channel in force is echo");
  });

  it("still processes what comes in on the one that is not in force, each by its own rules", async () => {
    const { acme, wadesk, meta, account, ana, official, echo, to, received, post } = await openTwoChannels();
    expect((await post({ id: "e1" })).status).toBe(200);
    expect((await post({ id: "e2" }, "guess")).status).toBe(401);
    const sent = await acme.send({ to, content: hello });
    await wadesk.settings.setActiveChannel("echo");
    await meta.settled();
    expect((await acme.message(sent.id))?.status).toBe("read");
    ana.send(account.numberId, { type: "text", text: { body: "Still here" } });
    await meta.settled();
    expect(received.map(({ data }) => [data.connection.id, data.content])).toEqual([
      [echo.id, { kind: "text", text: "Hallo" }],
      [official.id, { kind: "text", text: "Still here" }],
    ]);
  });

  it("does not let the webhook of one channel speak for the other", async () => {
    const { post, received, account, callback } = await openTwoChannels();
    expect((await post({ to: account.numberId, id: "e9" })).status).toBe(200);
    expect((await post({ route: `cloud-api:${account.numberId}`, id: "e10" })).status).toBe(200);
    expect(received).toEqual([]);
    const body = JSON.stringify({ to: "+4915100000001", from: "+49", id: "e9", text: "forged" });
    const wrongDoor = await fetch(callback, { method: "POST", body, headers: { [ECHO_HEADER]: SECRET } });
    expect([wrongDoor.status, (await wrongDoor.json()).error.code, received]).toEqual([401, "signature_missing", []]);
  });

  it("may have a number connected on the one that is not in force, ahead of a move", async () => {
    const { acme, wadesk } = await openTwoChannels();
    const ahead = await acme.connect("echo", { number: "+4915100000002", token: "tok" });
    expect([ahead.status.state, ahead.primary]).toEqual(["connected", false]);
    expect((await acme.list()).items.map(({ channel }) => channel)).toEqual(["cloud-api"]);
    await wadesk.settings.setActiveChannel("echo");
    expect((await acme.list()).counts.connected).toBe(2);
  });
});
