import { signMeta, signTwilio } from "@wadesk/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const refuse = (): never => {
  throw new Error("A Node.js API is used which is not supported in the Edge Runtime");
};

// edge runtimes: no node:crypto, the same sources
describe.each([
  ["without a process", undefined],
  ["with the process of Next.js's edge runtime, whose functions throw", { env: {}, getBuiltinModule: refuse }],
])("without node:crypto, %s", (_what, process) => {
  beforeEach(() => {
    vi.resetModules();
    vi.stubGlobal("process", process);
  });
  afterEach(() => void vi.unstubAllGlobals());

  it("verifies Meta's signature", async () => {
    const { nodeCrypto } = await import("./hmac.ts");
    const { verifyMetaSignature } = await import("./meta.ts");
    const body = new TextEncoder().encode('{"text":"é"}');
    const signature = signMeta(body, "secret");
    expect(nodeCrypto()).toBeUndefined();
    expect(await verifyMetaSignature({ body, signature, appSecret: "secret" })).toBe(true);
    expect(await verifyMetaSignature({ body, signature, appSecret: "another" })).toBe(false);
  });

  it("verifies Twilio's signature", async () => {
    const { verifyTwilioSignature } = await import("./twilio.ts");
    const url = "https://chat.example.com/webhooks/whatsapp/inbound";
    const fields = new URLSearchParams({ To: "whatsapp:+14155238886", Body: "é", From: "whatsapp:+5511999990000" });
    const request = {
      url,
      body: new TextEncoder().encode(fields.toString()),
      signature: signTwilio({ url, parameters: fields, authToken: "t" }),
    };
    expect(await verifyTwilioSignature({ ...request, authToken: "t" })).toBe(true);
    expect(await verifyTwilioSignature({ ...request, authToken: "u" })).toBe(false);
  });
});
