import { describe, expect, it } from "vitest";
import { loadBaileys } from "./baileys/baileys.ts";
import { readOptions, type UnofficialOptions } from "./options.ts";
import { browserOf } from "./socket/browser-of.ts";
import { unofficial } from "./unofficial.ts";

describe("options", () => {
  it("have defaults, and blanks are none", () => {
    expect(readOptions({ deviceName: " ", webSocketUrl: "" })).toEqual({ presence: false, fastCurves: true, timeoutMs: 20_000 });
    expect(
      readOptions({ version: [2, 3000, 1], webSocketUrl: "ws://127.0.0.1:1/ws/chat", qrTimeoutMs: 5, fastCurves: false, timeoutMs: 1 }),
    ).toEqual({
      version: [2, 3000, 1],
      webSocketUrl: "ws://127.0.0.1:1/ws/chat",
      qrTimeoutMs: 5,
      presence: false,
      fastCurves: false,
      timeoutMs: 1,
    });
  });

  it.each([
    [{ version: [2, 3000] as never }, "version must be three whole numbers"],
    [{ webSocketUrl: "https://example.com" }, "webSocketUrl must begin with ws:// or wss://"],
    [{ webSocketUrl: "ws://127.0.0.1:1", webSocketRootKey: "ab" }, "webSocketRootKey must be 64 hexadecimal digits"],
    [{ webSocketRootKey: "ab".repeat(32) }, "beside a webSocketUrl of this computer"],
    [{ webSocketUrl: "wss://web.whatsapp.com/ws/chat", webSocketRootKey: "ab".repeat(32) }, "beside a webSocketUrl of this computer"],
    [{ webSocketUrl: "ws://127.0.0.1.example.com/", webSocketRootKey: "ab".repeat(32) }, "beside a webSocketUrl of this computer"],
    [{ presence: 1 as never }, "presence: must be true or false"],
    [{ qrTimeoutMs: -1 }, "qrTimeoutMs must be milliseconds"],
    [{ fastCurves: "yes" as never }, "fastCurves: must be true or false"],
    [{ deviceNam: "Acme" } as UnofficialOptions, "did you mean deviceName"],
    [{ messagesPerMinute: 0 }, "messagesPerMinute must be a whole number from 1 to 1000000"],
    [{ newChatsPerDay: 2.5 }, "newChatsPerDay must be a whole number from 1 to 1000000"],
    [{ numbers: "first" as never }, "numbers: must be a function"],
  ])("%o is refused, and the refusal says what is right", (options, message) => {
    expect(() => unofficial(options)).toThrow(
      expect.objectContaining({ code: "configuration_invalid", message: expect.stringContaining(message) }),
    );
  });

  it("sixteen log in at once where signatures are fast, and eight where they are not", () => {
    expect([unofficial().session?.openAtOnce, unofficial({ fastCurves: false }).session?.openAtOnce]).toEqual([16, 8]);
  });

  it("an own name of the device is for QR, since by code WhatsApp takes those of browsers alone", async () => {
    const baileys = await loadBaileys();
    const transport = { presence: false, fastCurves: true, timeoutMs: 1 };
    expect(browserOf(baileys, { ...transport, deviceName: "Acme" }, "qr").slice(0, 2)).toEqual(["Acme", "Chrome"]);
    expect(browserOf(baileys, { ...transport, deviceName: "Acme" }, "code").slice(0, 2)).toEqual(["Windows", "Chrome"]);
    expect(browserOf(baileys, transport, "qr").slice(0, 2)).toEqual(["Windows", "Chrome"]);
  });
});

describe("what an admin sets", () => {
  const { schema, defaults } = unofficial({ messagesPerMinute: 20, newChatsPerDay: undefined }).settings;

  it("is the options where nothing is set, and any of the limits alone", async () => {
    expect(defaults).toEqual({ messagesPerMinute: 20, messagesPerHour: 200, messagesPerDay: 1500, newChatsPerDay: 5 });
    expect(await schema["~standard"].validate({ newChatsPerDay: 30 })).toEqual({ value: { newChatsPerDay: 30 } });
  });

  it.each([
    [{ newChatsPerDay: 0 }, "newChatsPerDay must be 1 at least"],
    [{ messagesPerDay: 1_000_001 }, "messagesPerDay must be 1000000 at most"],
    [{ messagesPerHour: "20" }, "messagesPerHour must be a whole number from 1 to 1000000"],
    [{ messagesPerHour: 1.5 }, "messagesPerHour must be a whole number from 1 to 1000000"],
  ])("%o is refused: %s", async (change, message) => {
    const result = await schema["~standard"].validate(change);
    const [issue] = "issues" in result ? (result.issues ?? []) : [];
    expect(`${issue?.path?.join(".")} ${issue?.message}`).toContain(message);
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
