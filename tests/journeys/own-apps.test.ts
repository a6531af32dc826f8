import type { Connection } from "@wadesk/core";
import { type FakeMeta, metaChange, metaText, signMeta } from "@wadesk/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { VERIFY_TOKEN } from "./world/open-world.ts";
import { ADDRESS, type OwnApps, openOwnApps } from "./world/own-apps.ts";
import { watchedStorage } from "./world/watched-storage.ts";

const open: FakeMeta[] = [];
let world: OwnApps;
beforeEach(() => {
  world = openOwnApps();
  open.push(world.meta);
});
afterEach(async () => {
  for (const meta of open.splice(0)) await meta.close();
});

type Payload = { readonly entry: readonly object[] };

function hearing(): () => string {
  const heard: string[] = [];
  const note = ({ data }: { readonly data: { readonly connection: Connection } }): void => void heard.push(data.connection.label);
  for (const type of ["message.received", "account.changed"] as const) world.wadesk.process(type, note);
  return () => heard.splice(0).sort().join(" ") || "nobody";
}

let time = Math.floor(Date.now() / 1000) + 5;
async function post(address: string, payload: Payload, secret: string, call = world.call): Promise<number> {
  time += 1;
  const body = JSON.stringify({ ...payload, entry: payload.entry.map((entry) => ({ ...entry, time })) });
  const headers = { "content-type": "application/json", "x-hub-signature-256": signMeta(body, secret) };
  return (await call(address, { method: "POST", headers, body })).status;
}

async function challenge(address: string, token: string): Promise<string> {
  const query = new URLSearchParams({ "hub.mode": "subscribe", "hub.challenge": "4711", "hub.verify_token": token });
  const answer = await world.call(`${address}?${query}`);
  return answer.status === 200 && (await answer.text()) === "4711" ? "echoed" : "refused";
}

describe("tenants with Meta apps of their own beside those on the platform's", () => {
  it("share an endpoint: each app's secret is taken at its own address and heard by its own numbers, account-wide facts too", async () => {
    const { meta, app: platform, wadesk } = world;
    const [one, two] = [meta.addApp(), meta.addApp()];
    const shared = meta.addWaba().id;
    const tenants = {
      acme: await world.number(one, shared),
      beta: await world.number(two, shared),
      gamma: await world.number(undefined, shared),
      // a second workspace through the first one's app
      delta: await world.number(one),
    };
    for (const [name, tenant] of Object.entries(tenants)) await world.connect(name, tenant);
    const hear = hearing();
    const named: Record<string, (id: string) => Payload> = {
      "acme's": () => metaText({ phoneNumberId: tenants.acme.id, wabaId: shared, id: `wamid.${time}` }),
      "beta's": () => metaText({ phoneNumberId: tenants.beta.id, wabaId: shared, id: `wamid.${time}` }),
      "gamma's": () => metaText({ phoneNumberId: tenants.gamma.id, wabaId: shared, id: `wamid.${time}` }),
      "delta's": () => metaText({ phoneNumberId: tenants.delta.id, wabaId: tenants.delta.wabaId, id: `wamid.${time}` }),
      "a ban of all": () =>
        metaChange("account_update", { event: "DISABLED_UPDATE", ban_info: { waba_ban_state: "REINSTATE" } }, { wabaId: shared }),
    };
    const addresses = {
      bare: ADDRESS,
      calling: ADDRESS.replace("whatsapp/inbound", "wa-calling"),
      one: `${ADDRESS}/${one.id}`,
      two: `${ADDRESS}/${two.id}`,
      platform: `${ADDRESS}/${platform.id}`,
      nobody: `${ADDRESS}/1234`,
    };
    const signers = { one: one.secret, two: two.secret, platform: platform.secret, nobody: "0".repeat(32), token: `verify-${one.id}` };
    const table: Record<string, string> = {};
    for (const [where, address] of Object.entries(addresses)) {
      for (const [signer, secret] of Object.entries(signers)) {
        for (const [what, payload] of Object.entries(named)) {
          const status = await post(address, payload(what), secret);
          table[`${where} by ${signer}: ${what}`] = status === 200 ? hear() : `refused ${status}`;
        }
      }
    }
    const believed = Object.fromEntries(Object.entries(table).filter(([, outcome]) => outcome !== "refused 401"));
    const rows = (where: string, signer: string, outcomes: readonly string[]): Record<string, string> =>
      Object.fromEntries(Object.keys(named).map((what, index) => [`${where} by ${signer}: ${what}`, outcomes[index] ?? ""]));
    expect(believed).toEqual({
      ...rows("bare", "platform", ["nobody", "nobody", "gamma", "nobody", "gamma"]),
      ...rows("calling", "platform", ["nobody", "nobody", "gamma", "nobody", "gamma"]),
      ...rows("one", "one", ["acme", "nobody", "nobody", "delta", "acme"]),
      ...rows("two", "two", ["nobody", "beta", "nobody", "nobody", "beta"]),
    });
    expect(wadesk.inbound.passedOver().unowned).toBe(0);
  });

  it("have challenges answered at their own address by their own verify token alone", async () => {
    const { meta, app: platform } = world;
    const [one, two] = [meta.addApp(), meta.addApp()];
    await world.connect("acme", await world.number(one));
    await world.connect("beta", await world.number(two));
    const tokens = { one: `verify-${one.id}`, two: `verify-${two.id}`, platform: VERIFY_TOKEN, secret: one.secret, empty: "" };
    const answered: string[] = [];
    for (const [where, id] of Object.entries({
      one: `/${one.id}`,
      two: `/${two.id}`,
      platform: `/${platform.id}`,
      bare: "",
      nobody: "/1234",
    })) {
      for (const [whose, token] of Object.entries(tokens))
        if ((await challenge(ADDRESS + id, token)) === "echoed") answered.push(`${where}: ${whose}`);
    }
    expect(answered).toEqual(["one: one", "two: two", "bare: platform"]);
  });

  it("are verified by Meta while they are connected, by the account's own callback or in the dashboard afterwards", async () => {
    const { meta } = world;
    const own = meta.addApp();
    const tenant = await world.number(own);
    const connected = await world.connect("acme", tenant, { override: true });
    expect(connected.details).toMatchObject({ ownApp: true, callbackUrl: `${ADDRESS}/${own.id}` });
    const hear = hearing();
    await own.setWebhook({ url: "https://elsewhere.example.com/hook", verifyToken: "theirs" }).catch(() => undefined);
    await own.setWebhook({ url: `${ADDRESS}/${own.id}`, verifyToken: `verify-${own.id}` });
    meta.addContact({ phone: "+5511999990000" }).send(tenant.id, { type: "text", text: { body: "Oi" } });
    await meta.settled();
    expect(meta.deliveries.map(({ url, status }) => [url, status])).toEqual([[`${ADDRESS}/${own.id}`, 200]]);
    expect(hear()).toBe("acme");
  });

  it("may name one app in two workspaces, and neither's secret, token or end changes the other's", async () => {
    const { meta, wadesk } = world;
    const own = meta.addApp();
    const [first, second] = [await world.number(own), await world.number(own)];
    await world.connect("acme", first);
    const { id } = await world.connect("beta", second, { verifyToken: "beta's-own" });
    const address = `${ADDRESS}/${own.id}`;
    expect([await challenge(address, `verify-${own.id}`), await challenge(address, "beta's-own")]).toEqual(["echoed", "echoed"]);
    const former = own.secret;
    const next = own.resetSecret();
    // tokens of the app go on; beta follows, and acme has yet to
    await wadesk.workspace("beta").reconnect(id, "cloud-api", { ...second.input, appSecret: next, verifyToken: "beta's-next" });
    const hear = hearing();
    const text = ({ id: phoneNumberId, wabaId }: typeof first) => metaText({ phoneNumberId, wabaId, id: `wamid.${time}` });
    for (const secret of [former, next]) {
      for (const [name, tenant] of Object.entries({ acme: first, beta: second })) {
        expect([await post(address, text(tenant), secret), hear()]).toEqual([200, name]);
      }
    }
    await wadesk.workspace("beta").remove(id);
    expect([await challenge(address, `verify-${own.id}`), await challenge(address, "beta's-next")]).toEqual(["echoed", "refused"]);
    expect([await post(address, text(first), former), await post(address, text(first), next)]).toEqual([200, 401]);
  });

  it("can move a number there from the platform's app and back, and what the app that was left signs is heard no more", async () => {
    const { meta, app: platform, wadesk } = world;
    const own = meta.addApp();
    const before = await world.number();
    const { id } = await world.connect("acme", before);
    const accessToken = meta.addToken({ appId: own.id, wabaIds: [before.wabaId] });
    const through = { appId: own.id, appSecret: own.secret, verifyToken: "hush" };
    const hear = hearing();
    const heard = async (): Promise<readonly string[]> => {
      const text = () => metaText({ phoneNumberId: before.id, wabaId: before.wabaId, id: `wamid.${time}` });
      const told = async (address: string, secret: string): Promise<string> =>
        (await post(address, text(), secret)) === 200 ? hear() : "refused";
      return [await told(ADDRESS, platform.secret), await told(`${ADDRESS}/${own.id}`, own.secret)];
    };
    expect(await heard()).toEqual(["acme", "refused"]);
    await wadesk.workspace("acme").reconnect(id, "cloud-api", { ...before.input, accessToken, ...through });
    expect(await heard()).toEqual(["nobody", "acme"]);
    const back = await wadesk.workspace("acme").reconnect(id, "cloud-api", before.input);
    expect(back.details).not.toHaveProperty("ownApp");
    expect(await heard()).toEqual(["acme", "refused"]);
    expect(JSON.stringify([back, world.lines])).not.toMatch(new RegExp(`${own.secret}|hush|${accessToken}`));
  });

  it.each(["records", "connections"] as const)("are forgotten with their workspace, and nothing of theirs stays in %s", async (store) => {
    const { meta, wadesk, storage } = world;
    await world.connect("acme", await world.number(meta.addApp()));
    await wadesk.deleteWorkspace("acme");
    const left = store === "records" ? (await storage.records.scan("voice")).items : [await storage.connections.total()].filter(Boolean);
    expect(left).toEqual([]);
  });
});

interface Cost {
  readonly calls: readonly string[];
  readonly opened: number;
  readonly compared: number;
}

describe("a forged request", () => {
  async function costs(apps: number): Promise<readonly Cost[]> {
    const { meta } = world;
    const owns = Array.from({ length: apps }, () => meta.addApp());
    for (const [index, own] of owns.entries()) await world.connect(`tenant-${index}`, await world.number(own));
    const calls: string[] = [];
    const call = world.beside((storage) => watchedStorage(storage, (name) => void calls.push(name)));
    const forge = (id: string | undefined) => post(`${ADDRESS}/${id}`, metaText({}), "f".repeat(32), call);
    const ask = async (id: string | undefined) =>
      (await call(`${ADDRESS}/${id}?hub.mode=subscribe&hub.challenge=1&hub.verify_token=x`)).status;
    const found: Cost[] = [];
    for (const [work, status] of [
      [forge, 401],
      [ask, 403],
    ] as const) {
      for (const id of [owns.at(-1)?.id, "1234", "no-app"]) {
        // what a process reads once
        await work(id);
        const [opening, comparing] = [vi.spyOn(crypto.subtle, "decrypt"), vi.spyOn(crypto.subtle, "sign")];
        calls.length = 0;
        expect(await work(id)).toBe(status);
        found.push({ calls: [...calls], opened: opening.mock.calls.length, compared: comparing.mock.calls.length });
        opening.mockRestore();
        comparing.mockRestore();
      }
    }
    return found;
  }

  it("costs the same with 1 and with 1,000 apps: reads of one app's list, nothing opened, one comparison", async () => {
    const one = await costs(1);
    world = openOwnApps();
    open.push(world.meta);
    expect(await costs(1000)).toEqual(one);
    const unknown = ["records.get", "connections.byAccount", "records.get"];
    expect(one.map(({ calls }) => calls)).toEqual([["records.get"], unknown, [], ["records.get"], unknown, []]);
    expect(one.map(({ opened }) => opened)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(new Set(one.slice(0, 3).map(({ compared }) => compared)).size).toBe(1);
  });
});
