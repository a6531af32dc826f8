import { createWadesk } from "@wadesk/core";
import { describe, expect, it } from "vitest";
import { createDevicesHandler } from "./handler.ts";
import type { DevicesOptions, DevicesPerson } from "./options.ts";
import { echoVendor } from "./testing/echo-channel.ts";
import { openScreen, PEOPLE } from "./testing/open-screen.ts";

const client = () =>
  createWadesk({ channels: [echoVendor("echo").channel], encryptionKeys: `k1:${Buffer.alloc(32, 7).toString("base64url")}` });
const refusal = (options: unknown, wadesk: unknown = client()): string => {
  try {
    createDevicesHandler(wadesk as ReturnType<typeof client>, options as DevicesOptions);
    return "accepted";
  } catch (error) {
    return (error as Error).message;
  }
};
const authorize = (): DevicesPerson => PEOPLE.owner;

describe("the options of the handler", () => {
  it("are accepted as they are meant", () => {
    expect(refusal({ authorize })).toBe("accepted");
    expect(refusal({ authorize, basePath: "", webhooksPath: "/hooks/", origins: ["https://app.example.com"], secure: false })).toBe(
      "accepted",
    );
  });

  it.each<[string, unknown, string]>([
    ["without a word on who is let in", {}, "authorize must be a function; there is no default that lets anybody in"],
    ["with none that can be asked", { authorize: true }, "authorize: must be a function"],
    ["misspelt", { authorize, basepath: "/x" }, "did you mean basePath?"],
    ["with a path that is none", { authorize, basePath: "wadesk" }, "basePath must begin with a slash"],
    ["with an origin that has a path", { authorize, origins: ["https://app.example.com/"] }, "origins.0 must be an origin alone"],
    ["with any origin", { authorize, origins: ["*"] }, "origins.0 must be an origin alone"],
  ])("are refused %s", (_how, options, message) => {
    expect(refusal(options)).toContain(message);
  });

  it("come after the client", () => {
    expect(refusal({ authorize }, {})).toContain("wadesk must be the client that createWadesk answers");
  });
});

describe("authorize", () => {
  it.each<[string, unknown]>([
    ["no workspace", { userId: "ana", role: "owner" }],
    ["an empty workspace", { workspaceId: "", userId: "ana", role: "owner" }],
    ["no person", { workspaceId: "acme", role: "owner" }],
    ["a role that the screen does not know", { workspaceId: "acme", userId: "ana", role: "admin" }],
    ["a role by inheritance", { workspaceId: "acme", userId: "ana", role: "constructor" }],
    ["null", null],
    ["true", true],
  ])("that answers %s lets nobody in", async (_what, answer) => {
    const { ask, log } = openScreen({ authorize: () => answer as DevicesPerson });
    expect((await ask("owner", "GET", "/setup")).status).toBe(401);
    expect(log.join()).toContain("authorize answered nobody whom the screen knows");
  });

  it("that throws answers 500 and says so in the log alone", async () => {
    const { ask, log } = openScreen({ authorize: () => Promise.reject(new Error("no session store at 10.0.0.5")) });
    const response = await ask("owner", "GET", "/setup");
    expect([response.status, await response.text()]).toEqual([500, expect.not.stringContaining("10.0.0.5")]);
    expect(log.join()).toContain("10.0.0.5");
  });

  it("is not asked of a change from elsewhere, so that a forged one costs nothing", async () => {
    let asked = 0;
    const { ask } = openScreen({
      authorize: () => {
        asked += 1;
        return PEOPLE.owner;
      },
    });
    await ask("owner", "POST", "/connections", {}, { "sec-fetch-site": "cross-site" });
    expect(asked).toBe(0);
    await ask("owner", "POST", "/connections", {});
    expect(asked).toBe(1);
  });
});

describe("the handler's path", () => {
  it("may be another, and below the public URL's own, whether a proxy cuts that off or not", async () => {
    const { handler } = openScreen({ basePath: "/panel/", publicUrl: "https://chat.example.com/base" });
    const status = async (path: string): Promise<number> =>
      (await handler(new Request(`https://chat.example.com${path}`, { headers: { "x-session": "member" } }))).status;
    expect([await status("/panel/setup"), await status("/base/panel/setup"), await status("/panel/setup/")]).toEqual([200, 200, 200]);
    expect([await status("/wadesk/setup"), await status("/panel"), await status("/panels/setup")]).toEqual([404, 404, 404]);
  });
});
