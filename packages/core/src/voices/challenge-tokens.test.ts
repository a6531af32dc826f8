import { describe, expect, it } from "vitest";
import { WadeskError } from "../errors/wadesk-error.ts";
import { contextOf } from "../runtime/inbound-contexts.ts";
import { type EchoWorld, openEcho } from "../testing/open-echo.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const of = (token: string, challenge: string, speaker = "echo:A") => ({ number: "+111", token, challenge, speaker });
const tokens = async ({ wadesk }: EchoWorld, speaker = "echo:A"): Promise<readonly string[]> =>
  [...(await contextOf(wadesk.inbound.sources[0]).connectionTokens(speaker))].sort();
const secrets = async ({ wadesk }: EchoWorld, speaker = "echo:A"): Promise<readonly string[]> => {
  const found = await contextOf(wadesk.inbound.sources[0]).connectionSecrets(speaker);
  const standing = await Promise.all(found.map(async ({ secret, stands }) => ((await stands?.()) === false ? [] : [secret])));
  return standing.flat().sort();
};
const left = async ({ storage }: EchoWorld): Promise<readonly string[]> =>
  (await storage.records.scan("voice")).items.map(({ namespace }) => namespace);

describe("the tokens of connections that answer a challenge", () => {
  it("are there before the vendor is told of the address, when nothing is believed yet that the same secret signs", async () => {
    const world = openEcho();
    const during: unknown[] = [];
    world.vendor.onSubscribed = async () => void during.push(await tokens(world), await secrets(world));
    await world.wadesk.workspace("acme").connect("echo", of("tok-1", "open-1"));
    expect(during).toEqual([["open-1"], []]);
    expect([await tokens(world), await secrets(world)]).toEqual([["open-1"], ["tok-1"]]);
  });

  it("are never tried as secrets, nor secrets answered as tokens, nor either for another speaker", async () => {
    const world = openEcho();
    await world.wadesk.workspace("acme").connect("echo", of("tok-1", "open-1"));
    expect([await secrets(world), await tokens(world)]).toEqual([["tok-1"], ["open-1"]]);
    expect([await secrets(world, "echo:B"), await tokens(world, "echo:B")]).toEqual([[], []]);
  });

  it("are taken back, with what signs, by a first attempt that fails, and nothing of it is left", async () => {
    const world = openEcho();
    world.vendor.onSubscribed = async () => Promise.reject(new WadeskError("provider_refused"));
    await expect(world.wadesk.workspace("acme").connect("echo", of("tok-1", "open-1"))).rejects.toMatchObject({ code: "provider_refused" });
    expect([await tokens(world), await left(world)]).toEqual([[], []]);
  });

  it.each([["echo:A"], ["echo:B"]])("are taken back by a reconnect for %s that fails, and the former ones stay", async (speaker) => {
    const world = openEcho();
    const acme = world.wadesk.workspace("acme");
    const { id } = await acme.connect("echo", of("tok-1", "open-1"));
    world.vendor.onSubscribed = async () => Promise.reject(new WadeskError("provider_refused"));
    await expect(acme.reconnect(id, "echo", of("tok-2", "open-2", speaker))).rejects.toMatchObject({ code: "provider_refused" });
    await world.clock.advance(1000);
    expect([await tokens(world), await secrets(world)]).toEqual([["open-1"], ["tok-1"]]);
    if (speaker === "echo:B") expect([await tokens(world, speaker), await secrets(world, speaker)]).toEqual([[], []]);
  });

  it("of two workspaces stand beside each other, and neither changes the other's", async () => {
    const world = openEcho();
    const [acme, beta] = [world.wadesk.workspace("acme"), world.wadesk.workspace("beta")];
    await acme.connect("echo", of("tok-1", "open-1"));
    const { id } = await beta.connect("echo", { ...of("tok-1", "open-2"), number: "+222" });
    expect(await tokens(world)).toEqual(["open-1", "open-2"]);
    await beta.reconnect(id, "echo", { ...of("tok-3", "open-3"), number: "+222" });
    // for a day what was replaced goes on
    expect(await tokens(world)).toEqual(["open-1", "open-2", "open-3"]);
    await world.clock.advance(DAY_MS + 1000);
    expect([await tokens(world), await secrets(world)]).toEqual([
      ["open-1", "open-3"],
      ["tok-1", "tok-3"],
    ]);
    await beta.remove(id);
    expect([await tokens(world), await secrets(world)]).toEqual([["open-1"], ["tok-1"]]);
  });

  it("are sealed, and sealed anew with another key", async () => {
    const world = openEcho();
    await world.wadesk.workspace("acme").connect("echo", of("tok-1", "open-1"));
    const sealed = (await world.storage.records.scan("voice/challenge:")).items;
    expect(sealed).toHaveLength(1);
    const [first] = sealed;
    const value = (await world.storage.records.get(first?.namespace ?? "", [first?.key ?? ""])).get(first?.key ?? "");
    expect(new TextDecoder().decode(value)).not.toContain("open-1");
    expect(await world.wadesk.rotateKeys()).toBe(0);
  });
});
