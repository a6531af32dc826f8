import { describe, expect, it } from "vitest";
import { openEcho } from "../testing/open-echo.ts";

describe("what a screen is told of the platform", () => {
  it("counts the workspaces with connections, and those that could not send on a channel", async () => {
    const { wadesk, clock } = openEcho({ silenceLimitMs: 90_000 });
    expect(await wadesk.screen.readiness("echo")).toEqual({ workspaces: 0, unable: 0, numbers: 0 });
    await wadesk.workspace("acme").connect("echo", { number: "+111", token: "t" });
    await wadesk.workspace("acme").connect("echo", { number: "+222", token: "t" });
    const { id } = await wadesk.workspace("rival").connect("echo", { number: "+333", token: "t" });
    expect(await wadesk.screen.readiness("echo")).toEqual({ workspaces: 2, unable: 0, numbers: 3 });
    await wadesk.workspace("rival").disconnect(id);
    expect(await wadesk.screen.readiness("echo")).toEqual({ workspaces: 2, unable: 1, numbers: 2 });
    await clock.advance(91_000);
    expect(await wadesk.screen.readiness("echo")).toEqual({ workspaces: 2, unable: 2, numbers: 0 });
    await expect(wadesk.screen.readiness("telegram")).rejects.toMatchObject({ code: "channel_not_installed" });
  });

  it("says what each channel takes, what can be set of it, and which of that is secret", async () => {
    const { wadesk } = openEcho({ maxPerWorkspace: 1 });
    const [echo] = wadesk.screen.channels;
    expect(echo).toMatchObject({ kind: "echo", maxPerWorkspace: 1, linksPhone: false, hasPrimary: true, hasSignup: true });
    expect(await echo?.form()).toMatchObject({ required: ["number", "token"] });
    expect(echo?.settings.secrets).toEqual(["hookSecret"]);
    expect(echo?.settings.groups.bridges).toMatchObject({ secrets: ["secrets"], required: ["url"] });
    expect(await echo?.settings.groups.bridges?.form()).toMatchObject({ properties: { url: { type: "string" } } });
    expect(await wadesk.screen.missing("echo")).toEqual([]);
  });

  it("says what a workspace is offered as the settings now are, and that a number has a phone whose session others keep", async () => {
    const { wadesk } = openEcho({ phoneLimitMs: 1000 });
    expect(await wadesk.screen.offers("echo", "acme")).toEqual({ signup: true, lent: [], choices: {} });
    expect(wadesk.screen.channels).toMatchObject([{ linksPhone: true }]);
    await expect(wadesk.screen.offers("telegram", "acme")).rejects.toMatchObject({ code: "channel_not_installed" });
  });

  it("says which names a field of the input may be, in order, with those that an admin added", async () => {
    const { wadesk } = openEcho({ chosenBy: "bridge" });
    expect((await wadesk.screen.offers("echo", "acme")).choices).toEqual({ bridge: [] });
    await wadesk.settings.change("echo", { bridges: { us: { url: "https://us.example.com" }, eu: { url: "https://eu.example.com" } } });
    expect((await wadesk.screen.offers("echo", "acme")).choices).toEqual({ bridge: ["eu", "us"] });
  });

  it("keeps its records apart from those of the client, until their end", async () => {
    const { wadesk, storage, clock } = openEcho();
    const value = new TextEncoder().encode("1");
    expect(await wadesk.screen.records.insert("settings/", "platform", value, clock.now() + 1000)).toBe(true);
    expect(await wadesk.screen.records.insert("settings/", "platform", value, clock.now() + 1000)).toBe(false);
    expect((await storage.records.get("settings/", ["platform"])).size).toBe(0);
    await clock.advance(1001);
    expect((await wadesk.screen.records.get("settings/", ["platform"])).size).toBe(0);
    expect(await wadesk.screen.records.insert("settings/", "platform", value)).toBe(true);
  });
});
