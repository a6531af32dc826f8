import { describe, expect, it } from "vitest";
import { createWadesk } from "../client/create-wadesk.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { SettingsProbe } from "../ports/settings/probe.ts";
import { type EchoSettings, echoVendor } from "../testing/echo-channel.ts";
import { manualClock } from "../testing/manual-clock.ts";
import { TEST_KEYS } from "../testing/open-echo.ts";

function open(probe?: SettingsProbe<EchoSettings>) {
  const { channel } = echoVendor();
  const clock = manualClock();
  const log: string[] = [];
  const silent = (): void => undefined;
  const wadesk = createWadesk({
    channels: [{ ...channel, settings: { ...channel.settings, ...(probe && { probe }) } }],
    encryptionKeys: TEST_KEYS,
    clock,
    log: { debug: silent, info: silent, warn: silent, error: (data, message) => void log.push(`${message} ${JSON.stringify(data)}`) },
  });
  return { wadesk, clock, log };
}
const fine = { ok: true, code: "fine", text: "it is fine" };

describe("trying the settings", () => {
  it("runs each check over the settings as they now stand", async () => {
    const { wadesk } = open({
      region: async (context) => [{ ...fine, values: { region: (await context.settings()).region ?? "none" } }],
      bridges: async (context) => Object.keys((await context.settings()).bridges).map((name) => ({ ...fine, values: { name } })),
    });
    await wadesk.settings.change("echo", { region: "eu-1", bridges: { eu: { url: "https://eu.example.com" } } });
    expect(await wadesk.settings.probe("echo")).toEqual([
      { ...fine, check: "region", values: { region: "eu-1" } },
      { ...fine, check: "bridges", values: { name: "eu" } },
    ]);
  });

  it("makes a finding of what fails, and lets the other checks go on", async () => {
    const { wadesk, log } = open({
      refused: () => Promise.reject(new WadeskError("credentials_rejected")),
      broken: () => {
        throw new TypeError("undefined is not a function");
      },
      fine: async () => [fine],
    });
    const results = await wadesk.settings.probe("echo");
    expect(results.map(({ check, ok, code }) => [check, ok, code])).toEqual([
      ["refused", false, "credentials_rejected"],
      ["broken", false, "check_failed"],
      ["fine", true, "fine"],
    ]);
    expect(JSON.stringify(results)).not.toContain("is not a function");
    expect(log).toEqual([expect.stringContaining("is not a function")]);
  });

  it("waits for a check as long as it may take and no longer, then aborts it", async () => {
    let signal: AbortSignal | undefined;
    const { wadesk, clock } = open({
      hangs: (context) => {
        signal = context.signal;
        return new Promise(() => {});
      },
      fine: async () => [fine],
    });
    const probing = wadesk.settings.probe("echo", { withinMs: 5000 });
    await clock.advance(4999);
    expect(signal?.aborted).toBe(false);
    await clock.advance(1);
    expect(await probing).toMatchObject([
      { check: "hangs", ok: false, code: "no_answer", values: { withinMs: 5000 } },
      { check: "fine", ok: true },
    ]);
    expect(signal?.aborted).toBe(true);
  });

  it("answers nothing for a channel that can try nothing, and refuses what is no channel and no time", async () => {
    const { wadesk } = open();
    expect(await wadesk.settings.probe("echo")).toEqual([]);
    await expect(wadesk.settings.probe("absent" as "echo")).rejects.toMatchObject({ code: "channel_not_installed" });
    await expect(wadesk.settings.probe("echo", { withinMs: 0 })).rejects.toThrow("withinMs");
    await expect(wadesk.settings.probe("echo", { within: 5 } as never)).rejects.toThrow("did you mean withinMs?");
  });
});
