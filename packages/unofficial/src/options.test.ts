import { describe, expect, it } from "vitest";
import { loadBaileys } from "./baileys/baileys.ts";
import { readOptions, type UnofficialOptions } from "./options.ts";
import { browserOf } from "./socket/browser-of.ts";
import { unofficial } from "./unofficial.ts";

describe("options", () => {
  it("have defaults, and blanks are none", () => {
    expect(readOptions({ deviceName: " ", webSocketUrl: "" })).toEqual({ timeoutMs: 20_000 });
    expect(readOptions({ version: [2, 3000, 1], webSocketUrl: "ws://127.0.0.1:1/ws/chat", qrTimeoutMs: 5, timeoutMs: 1 })).toEqual({
      version: [2, 3000, 1],
      webSocketUrl: "ws://127.0.0.1:1/ws/chat",
      qrTimeoutMs: 5,
      timeoutMs: 1,
    });
  });

  it.each([
    [{ version: [2, 3000] as never }, "version must be three whole numbers"],
    [{ webSocketUrl: "https://example.com" }, "webSocketUrl must begin with ws:// or wss://"],
    [{ qrTimeoutMs: -1 }, "qrTimeoutMs must be milliseconds"],
    [{ deviceNam: "Acme" } as UnofficialOptions, "did you mean deviceName"],
  ])("%o is refused, and the refusal says what is right", (options, message) => {
    expect(() => unofficial(options)).toThrow(
      expect.objectContaining({ code: "configuration_invalid", message: expect.stringContaining(message) }),
    );
  });

  it("an own name of the device is for QR, since by code WhatsApp takes those of browsers alone", async () => {
    const baileys = await loadBaileys();
    expect(browserOf(baileys, { deviceName: "Acme", timeoutMs: 1 }, "qr").slice(0, 2)).toEqual(["Acme", "Chrome"]);
    expect(browserOf(baileys, { deviceName: "Acme", timeoutMs: 1 }, "code").slice(0, 2)).toEqual(["Windows", "Chrome"]);
    expect(browserOf(baileys, { timeoutMs: 1 }, "qr").slice(0, 2)).toEqual(["Windows", "Chrome"]);
  });
});

describe("what a person gives", () => {
  const { input } = unofficial();
  const checked = async (value: unknown): Promise<unknown> => {
    const result = await input["~standard"].validate(value);
    return "issues" in result ? result.issues?.map(({ path, message }) => `${path?.join(".")} ${message}`) : result.value;
  };

  it("is tidied", async () => {
    expect(await checked({ phone: "+1 (555) 000-1111", method: "code" })).toEqual({ phone: "+15550001111", method: "code" });
  });

  it.each([
    [{ phone: "15550001111" }, 'phone must be "+"', "not_a_phone"],
    [{ phone: "+1555000111122223333" }, 'phone must be "+"', "not_a_phone"],
    [{ phone: "+15550001111", method: "sms" }, 'method must be "qr" or "code"', "not_one_of"],
    [{}, "phone is missing", "required"],
  ])("%o is refused: %s, as %s", async (value, message, code) => {
    const result = await input["~standard"].validate(value);
    const issues = "issues" in result ? (result.issues ?? []) : [];
    expect(issues.map((issue) => `${issue.path?.join(".")} ${issue.message}`)).toEqual([expect.stringContaining(message)]);
    expect(issues).toMatchObject([{ code }]);
  });
});
