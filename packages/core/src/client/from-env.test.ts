import { expect, it } from "vitest";
import { echoVendor } from "../testing/echo-channel.ts";
import { TEST_KEYS } from "../testing/open-echo.ts";
import { createWadesk } from "./create-wadesk.ts";

const channels = [echoVendor().channel] as const;

it("is made with the keys and the address of the environment", async () => {
  const environment = { WADESK_ENCRYPTION_KEYS: ` ${TEST_KEYS} `, PUBLIC_URL: "https://chat.example.com/in" };
  const wadesk = createWadesk.fromEnv({ channels }, environment);
  expect(await wadesk.workspace("acme").connect("echo", { number: "+111", token: "tok-1" })).toMatchObject({ phone: "+111" });
  expect(() => createWadesk.fromEnv({ channels }, { ...environment, PUBLIC_URL: "chat" })).toThrow(/publicUrl/);
  const whole = "https://chat.example.com/in/webhooks/echo";
  const refusal = /publicUrl: a webhook's address lies below it; write "https:\/\/chat\.example\.com\/in"/;
  expect(() => createWadesk.fromEnv({ channels }, { ...environment, PUBLIC_URL: whole })).toThrow(refusal);
  expect(() => createWadesk({ channels, encryptionKeys: TEST_KEYS, publicUrl: whole })).toThrow(refusal);
});

it("lets an option count over its variable, and throws like `createWadesk` where the keys lack", () => {
  expect(() => createWadesk.fromEnv({ channels, encryptionKeys: TEST_KEYS }, { WADESK_ENCRYPTION_KEYS: "short" })).not.toThrow();
  const hidden = { channels, encryptionKeys: undefined, publicUrl: undefined };
  expect(() => createWadesk.fromEnv(hidden, { WADESK_ENCRYPTION_KEYS: TEST_KEYS })).not.toThrow();
  expect(() => createWadesk.fromEnv(hidden, { WADESK_ENCRYPTION_KEYS: TEST_KEYS, PUBLIC_URL: "chat" })).toThrow(/publicUrl/);
  expect(() => createWadesk.fromEnv({ channels }, {})).toThrow(expect.objectContaining({ code: "encryption_key_missing" }));
});
