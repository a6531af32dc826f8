import { qrPath } from "@wadesk/core/qr";
import type { DevicesPerson, WireFindings, WireLink, WireList, WireSettings, WireSetup } from "@wadesk/devices";
import { describe, expect, it } from "vitest";
import { serveDevices } from "./world/devices-browser.ts";
import { FRAMEWORKS } from "./world/host-app.ts";
import { openPhones, SHOP } from "./world/open-phones.ts";
import { openWorld, VERIFY_TOKEN } from "./world/open-world.ts";
import { secretSearch } from "./world/secret-search.ts";

const OWNER: DevicesPerson = { workspaceId: "acme", userId: "ana", role: "owner" };
const MEMBER: DevicesPerson = { workspaceId: "acme", userId: "ben", role: "member" };
const OPERATOR: DevicesPerson = { ...OWNER, userId: "olga", platform: true };
const RIVAL: DevicesPerson = { workspaceId: "rival", userId: "rita", role: "owner" };

describe("a phone", () => {
  it("is linked by QR in an owner's browser, while a member's and another workspace's see none of it", async () => {
    const { host, shop } = await openPhones();
    const one = host();
    await one.wadesk.start();
    const app = await serveDevices(one.wadesk, "Express 5");
    const [owner, member, rival] = [app.browser(OWNER), app.browser(MEMBER), app.browser(RIVAL)];
    const [live, others, elsewhere] = [await owner.listen(), await member.listen(), await rival.listen()];
    await expect.poll(() => [live.length, others.length, elsewhere.length]).toEqual([1, 1, 1]);
    const { status, value } = await owner.ask<WireLink>("POST", "/connections", { input: { phone: SHOP }, label: "Sales line" });
    expect(status).toBe(202);
    const { connectionId } = value;
    const newest = async () => (await owner.ask<WireLink>("GET", `/connections/${connectionId}/link`)).value.steps.at(-1);
    await expect.poll(newest).toMatchObject({ type: "qr", path: expect.any(String) });
    const [step] = (await one.wadesk.workspace("acme").steps(connectionId)).slice(-1);
    if (step?.type !== "qr") throw new Error("no QR is shown");
    const drawn = await qrPath(step.text);
    expect(await newest()).toMatchObject(drawn);
    await shop.scan(step.text);
    const state = async () => (await member.ask<WireLink>("GET", `/connections/${connectionId}/link`)).value.state;
    await expect.poll(state).toBe("connected");
    const steps = (events: typeof live) => events.flatMap((event) => (event.type === "step" ? [event.step.type] : []));
    expect(new Set(steps(live))).toEqual(new Set(["qr", "step", "ready"]));
    expect(JSON.stringify(live)).toContain(drawn.path);
    expect(JSON.stringify(others)).not.toContain(drawn.path);
    // the text of a QR goes to no browser at all
    expect(app.traffic.join("\n")).not.toContain(step.text.split(",")[1]);
    expect(elsewhere).toHaveLength(1);
    expect(JSON.stringify(elsewhere)).not.toContain(connectionId);
    expect((await rival.ask("GET", `/connections/${connectionId}/link`)).status).toBe(404);
    const { items } = (await member.ask<WireList>("GET", "/connections?search=sales")).value;
    expect(items).toMatchObject([{ label: "Sales line", phone: SHOP, region: "US", status: { state: "connected" } }]);
  });

  it("is linked by the code that its owner types into it, which nobody else sees, and nobody any more once it has served", async () => {
    const { host, shop } = await openPhones();
    const one = host();
    await one.wadesk.start();
    const app = await serveDevices(one.wadesk, "Express 5");
    const [owner, member] = [app.browser(OWNER), app.browser(MEMBER)];
    const { value } = await owner.ask<WireLink>("POST", "/connections", { input: { phone: SHOP, method: "code" } });
    const path = `/connections/${value.connectionId}/link`;
    const shown = async (browser: typeof owner) => (await browser.ask<WireLink>("GET", path)).value;
    await expect.poll(async () => (await shown(owner)).steps.at(-1)?.type).toBe("code");
    const step = (await shown(owner)).steps.at(-1);
    if (step?.type !== "code" || step.code === undefined) throw new Error("no code is shown");
    expect((await shown(member)).steps.at(-1)).not.toHaveProperty("code");
    await shop.type(step.code);
    await expect.poll(async () => (await shown(owner)).state).toBe("connected");
    expect(JSON.stringify(await shown(owner))).not.toContain(step.code);
  });
});

describe.each(FRAMEWORKS)("the screen's handler on %s", (framework) => {
  it("connects a number of Meta's, says why it does not, shows the settings to the operator alone, and no secret to anybody", async () => {
    const { wadesk, account, app: meta, lines } = await openWorld({ publicUrl: true });
    const app = await serveDevices(wadesk, framework);
    const [owner, operator] = [app.browser(OWNER), app.browser(OPERATOR)];
    expect((await app.browser().ask("GET", "/setup")).status).toBe(401);
    const { channels } = (await owner.ask<WireSetup>("GET", "/setup")).value;
    expect(channels).toMatchObject([{ kind: "cloud-api", form: { properties: { accessToken: { writeOnly: true } } } }]);

    const ended = async (token: string): Promise<WireLink> => {
      const { status, value } = await owner.ask<WireLink>("POST", "/connections", { input: { ...account.input, accessToken: token } });
      expect(status).toBe(202);
      const read = async (): Promise<WireLink> => (await owner.ask<WireLink>("GET", `/connections/${value.connectionId}/link`)).value;
      await expect.poll(async () => (await read()).state).not.toBe("running");
      return read();
    };
    expect(await ended("EAAGnobodysToken")).toMatchObject({ state: "failed", failure: { code: "credentials_rejected" } });
    expect((await owner.ask<WireList>("GET", "/connections")).value.counts.all).toBe(0);
    const linked = await ended(account.token);
    expect(linked.connection).toMatchObject({
      label: "Acme Shop",
      primary: true,
      status: { state: "connected" },
      facts: { quality: expect.any(String) },
    });
    expect(linked.steps.filter((step) => step.type === "check" && step.state === "passed").length).toBeGreaterThan(2);

    expect((await owner.ask("GET", "/settings")).status).toBe(403);
    const { value: settings } = await operator.ask<WireSettings>("GET", "/settings/cloud-api");
    expect(settings.values).toMatchObject({
      appId: meta.id,
      appSecret: [{ id: expect.any(String) }],
      graphVersion: expect.stringMatching(/^v\d+\.0$/),
    });
    await operator.ask("PATCH", "/settings/cloud-api", { change: { appSecret: { add: "0123456789abcdef0123456789abcdef" } } });
    const { findings } = (await operator.ask<WireFindings>("POST", "/settings/cloud-api/check")).value;
    expect(findings).toEqual(expect.arrayContaining([expect.objectContaining({ check: "address", ok: true, code: "address_ours" })]));

    const search = secretSearch();
    search.note("the traffic", app.traffic);
    search.note("the log", lines);
    expect(
      search.find({ token: account.token, secret: meta.secret, verify: VERIFY_TOKEN, added: "0123456789abcdef0123456789abcdef" }),
    ).toEqual([]);
  });
});
