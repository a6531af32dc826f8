import { GRAPH_VERSIONS, type ManualClock, manualClock, metaJson, metaText, signMeta } from "@wadesk/testing";
import { describe, expect, it } from "vitest";
import { openWorld, type World } from "./world/open-world.ts";
import { subscribedApps } from "./world/subscribed-apps.ts";

const hello = { kind: "text", text: "Hello" } as const;
const DAY_MS = 24 * 3_600_000;

async function openConnected(time?: ManualClock) {
  const world = await openWorld(time && { time });
  const acme = world.wadesk.workspace("acme");
  const connection = await acme.connect("cloud-api", world.account.input);
  const ana = world.meta.addContact({ phone: "+5511999990000" });
  ana.send(world.account.numberId, { type: "text", text: { body: "Hi" } });
  await world.meta.settled();
  return { ...world, acme, connection, ana, to: ana.phone ?? "" };
}

/** A second number of the same account, with a token of its own. */
function secondNumber({ meta, app, account }: World) {
  const { id, phone } = meta.addNumber({ wabaId: account.wabaId, display: "+1 555-010-0002", verifiedName: "Acme Support" });
  const token = meta.addToken({ appId: app.id, wabaIds: [account.wabaId] });
  return { id, phone, token, input: { phoneNumberId: id, wabaId: account.wabaId, accessToken: token } };
}

describe("a connection whose token dies", () => {
  it("is failed/token_expired at once when a send learns it, sends nothing until it is reconnected, and then sends again", async () => {
    const { meta, app, account, acme, connection, to, wadesk } = await openConnected();
    const changes: string[] = [];
    wadesk.on("connection.changed", ({ connection: { status } }) => void changes.push("reason" in status ? status.reason : status.state));
    expect((await acme.send({ to, content: hello })).connectionId).toBe(connection.id);
    meta.expireToken(account.token, 460);
    await expect(acme.send({ to, content: hello })).rejects.toMatchObject({
      code: "token_expired",
      remedy: "reconnect",
      vendor: { vendor: "meta", code: 190, subcode: 460 },
    });
    expect(await acme.get(connection.id)).toMatchObject({ status: { state: "failed", reason: "token_expired" } });
    expect((await acme.list({ state: "failed" })).items.map(({ id }) => id)).toEqual([connection.id]);
    const asked = meta.exchanges.length;
    await expect(acme.send({ to, content: hello })).rejects.toMatchObject({ code: "token_expired", remedy: "reconnect" });
    expect(meta.exchanges).toHaveLength(asked);

    const accessToken = meta.addToken({ appId: app.id, wabaIds: [account.wabaId] });
    const back = await acme.reconnect(connection.id, "cloud-api", { ...account.input, accessToken });
    expect(back).toMatchObject({ id: connection.id, status: { state: "connected" }, primary: true, label: connection.label });
    await acme.send({ to, content: hello });
    expect(meta.exchanges.at(-1)?.request.headers.authorization).toBe(`Bearer ${accessToken}`);
    expect(changes).toEqual(["token_expired", "connected"]);
  });

  it("is found by a check, and by a check that finds the vendor well it stays connected with fresh details", async () => {
    const { meta, account, acme, connection } = await openConnected();
    expect((await acme.check(connection.id)).status.state).toBe("connected");
    meta.expireToken(account.token);
    expect((await acme.check(connection.id)).status).toMatchObject({ state: "failed", reason: "token_expired" });
  });

  it("keeps what it had when the fresh token is refused, or is another number's", async () => {
    const world = await openConnected();
    const { meta, app, account, acme, connection, to } = world;
    const second = secondNumber(world);
    const stranger = meta.addToken({ appId: app.id, wabaIds: [meta.addWaba().id] });
    await expect(acme.reconnect(connection.id, "cloud-api", { ...account.input, accessToken: stranger })).rejects.toMatchObject({
      code: "scope_missing",
    });
    await expect(acme.reconnect(connection.id, "cloud-api", second.input)).rejects.toMatchObject({ code: "number_mismatch" });
    // beside that a webhook came meanwhile
    const { facts: { webhookAt: _at, ...facts } = {}, ...kept } = await acme.get(connection.id);
    expect({ ...kept, facts }).toEqual({ ...connection, version: kept.version });
    await acme.send({ to, content: hello });
    expect(meta.exchanges.at(-1)?.request.headers.authorization).toBe(`Bearer ${account.token}`);
    expect(await subscribedApps(meta, app, account.wabaId)).toEqual([app.id]);
  });
});

describe("several numbers of one account", () => {
  it("each get their own events and send from themselves; the account's webhooks end with the last of them", async () => {
    const world = await openConnected();
    const { meta, app, account, acme, connection, ana, to, wadesk } = world;
    const second = secondNumber(world);
    const other = await acme.connect("cloud-api", second.input);
    expect([connection.primary, other.primary]).toEqual([true, false]);
    const seen: string[] = [];
    wadesk.on("message.received", ({ data }) => void seen.push(data.connection.id));
    ana.send(second.id, { type: "text", text: { body: "To support" } });
    ana.send(account.numberId, { type: "text", text: { body: "To the shop" } });
    await meta.settled();
    expect(seen.sort()).toEqual([connection.id, other.id].sort());
    await acme.send({ to, content: hello });
    await acme.send({ to, content: hello, from: other.id });
    expect(meta.sent.map(({ numberId }) => numberId)).toEqual([account.numberId, second.id]);

    expect((await acme.disconnect(connection.id)).status).toMatchObject({ state: "disconnected", reason: "requested" });
    expect(await subscribedApps(meta, app, account.wabaId)).toEqual([app.id]);
    await acme.disconnect(other.id);
    expect(await subscribedApps(meta, app, account.wabaId)).toEqual([]);
    await expect(acme.send({ to, content: hello, from: other.id })).rejects.toMatchObject({ code: "not_connected" });

    const back = await acme.reconnect(other.id, "cloud-api", second.input);
    expect([back.status.state, await subscribedApps(meta, app, account.wabaId)]).toEqual(["connected", [app.id]]);
  });

  it("of two workspaces: the first that leaves does not silence the other", async () => {
    const world = await openConnected();
    const { meta, app, account, acme, connection, wadesk, ana } = world;
    const second = secondNumber(world);
    await wadesk.workspace("rival").connect("cloud-api", second.input);
    await acme.remove(connection.id);
    expect(await subscribedApps(meta, app, account.wabaId)).toEqual([app.id]);
    const seen: string[] = [];
    wadesk.on("message.received", ({ workspaceId }) => void seen.push(workspaceId));
    ana.send(second.id, { type: "text", text: { body: "Hi" } });
    await meta.settled();
    expect(seen).toEqual(["rival"]);
  });
});

describe("a connection that is removed", () => {
  it("is gone from Meta and from the storage, passes its mark on, and its number is free for anybody", async () => {
    const world = await openConnected();
    const { meta, app, account, acme, connection, storage, wadesk } = world;
    const other = await acme.connect("cloud-api", secondNumber(world).input);
    await acme.remove(connection.id);
    await expect(acme.get(connection.id)).rejects.toMatchObject({ code: "connection_not_found" });
    expect((await acme.get(other.id)).primary).toBe(true);
    const { items } = await storage.records.scan("");
    expect(items.filter(({ namespace }) => namespace.includes(connection.id))).toEqual([]);
    expect((await wadesk.workspace("rival").connect("cloud-api", account.input)).status.state).toBe("connected");
    expect(await subscribedApps(meta, app, account.wabaId)).toEqual([app.id]);
  });

  it("can be removed though its token is dead", async () => {
    const { meta, account, acme, connection } = await openConnected();
    meta.expireToken(account.token);
    await acme.remove(connection.id);
    expect((await acme.list()).counts.all).toBe(0);
  });
});

describe("the admin's settings", () => {
  it("take a rotated app secret: what the old one signed counts until it is retired", async () => {
    const { app, account, wadesk, callback, meta, ana } = await openConnected();
    const [former, completed]: [string, string[]] = [app.secret, []];
    wadesk.on("event.completed", ({ key }) => void completed.push(key));
    const post = async (id: string, secret: string): Promise<number> => {
      const body = metaJson(metaText({ wabaId: account.wabaId, phoneNumberId: account.numberId, id }));
      return (await fetch(callback, { method: "POST", body, headers: { "x-hub-signature-256": signMeta(body, secret) } })).status;
    };
    await wadesk.settings.change("cloud-api", { appSecret: { add: app.resetSecret() } });
    ana.send(account.numberId, { type: "text", text: { body: "signed with the new secret" } });
    await meta.settled();
    expect(meta.deliveries.at(-1)?.status).toBe(200);
    expect(await post("wamid.OLD1", former)).toBe(200);
    await wadesk.settings.change("cloud-api", { appSecret: { retire: "option-1" } });
    expect(await post("wamid.OLD2", former)).toBe(401);
    expect(await post("wamid.NEW", app.secret)).toBe(200);
    expect(completed).toHaveLength(3);
    expect(completed.join()).not.toContain("wamid.OLD2");
  });

  it("change the Graph version for every call that follows, and go back to the option when taken back", async () => {
    const { meta, wadesk, acme, to } = await openConnected();
    const versionOf = async (): Promise<string | undefined> => {
      await acme.send({ to, content: hello });
      return new URL(meta.exchanges.at(-1)?.request.url ?? "").pathname.split("/")[1];
    };
    const option = await versionOf();
    expect(option).toMatch(/^v2\d\.0$/);
    await wadesk.settings.change("cloud-api", { graphVersion: "v25.0" });
    expect(await versionOf()).toBe("v25.0");
    await wadesk.settings.change("cloud-api", { graphVersion: undefined });
    expect(await versionOf()).toBe(option);
  });

  it.each(GRAPH_VERSIONS)("connect, send and check on Graph %s", async (graphVersion) => {
    const { wadesk, account, meta } = await openWorld({ channel: { graphVersion } });
    const acme = wadesk.workspace("acme");
    const { id, details } = await acme.connect("cloud-api", account.input);
    const template = { kind: "template", name: "hello_world", language: "en_US" } as const;
    await acme.send({ to: meta.addContact().phone ?? "", content: template });
    expect((await acme.check(id)).details).toEqual(details);
    expect(new Set(meta.exchanges.map(({ request }) => new URL(request.url).pathname.split("/")[1]))).toEqual(new Set([graphVersion]));
  });
});

describe("a day later", () => {
  it("a replaced token is forgotten, the new one stays", async () => {
    const time = manualClock();
    const { meta, app, account, acme, connection, storage } = await openConnected(time);
    const accessToken = meta.addToken({ appId: app.id, wabaIds: [account.wabaId] });
    await acme.reconnect(connection.id, "cloud-api", { ...account.input, accessToken });
    const kept = async (): Promise<number> => (await storage.records.scan(`secret/${connection.id}/`)).items.length;
    expect(await kept()).toBe(2);
    await time.advance(DAY_MS);
    expect(await kept()).toBe(1);
    expect((await acme.check(connection.id)).status.state).toBe("connected");
  });
});
