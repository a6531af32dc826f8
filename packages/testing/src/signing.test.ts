import { describe, expect, it } from "vitest";
import { signMeta, signTwilio } from "./signing.ts";

describe("signMeta", () => {
  it("signs bytes and their text alike, as openssl does", () => {
    // printf '{"object":"whatsapp_business_account"}' | openssl dgst -sha256 -hmac hush
    const body = '{"object":"whatsapp_business_account"}';
    expect(signMeta(body, "hush")).toBe("sha256=3f3c023090eb076e15bbb2c72939836dcebd43b7e4ce547437267ea9318fe1e7");
    expect(signMeta(new TextEncoder().encode(body), "hush")).toBe(signMeta(body, "hush"));
    expect(signMeta(`${body} `, "hush")).not.toBe(signMeta(body, "hush"));
    expect(signMeta(body, "hushed")).not.toBe(signMeta(body, "hush"));
  });
});

describe("signTwilio", () => {
  const url = "https://host.example/hook?a=1";

  it("signs the URL and the sorted form, as openssl does", () => {
    // printf 'https://host.example/hook?a=1Body+1From2' | openssl dgst -sha1 -hmac hush -binary | base64
    expect(signTwilio({ url, parameters: { From: "2", Body: "+1" }, authToken: "hush" })).toBe("7dEvQS1qlmFe61jGLpDzP6i648Q=");
  });

  it("takes pairs and forms too, sorts equal names by value and counts a repeated value once", () => {
    const sign = (parameters: Parameters<typeof signTwilio>[0]["parameters"]) => signTwilio({ url, parameters, authToken: "hush" });
    const pairs = [
      ["To", "b"],
      ["To", "a"],
      ["To", "b"],
    ] as const;
    expect(sign(pairs)).toBe(
      sign([
        ["To", "a"],
        ["To", "b"],
      ]),
    );
    expect(sign(new URLSearchParams("To=a&To=b"))).toBe(sign(pairs));
    expect(sign({ To: "ab" })).not.toBe(sign({ To: "ba" }));
  });
});
