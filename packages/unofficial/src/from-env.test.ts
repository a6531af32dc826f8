import { expect, it } from "vitest";
import { unofficial } from "./unofficial.ts";

it("is made from an environment in which nothing need be set", () => {
  expect(unofficial.fromEnv({}, {}).kind).toBe("unofficial");
});

it("refuses a variable that cannot work, by the name of its option", () => {
  expect(() => unofficial.fromEnv({}, { WHATSAPP_WEB_URL: "not an address" })).toThrow(/webSocketUrl/);
  // an option that is undefined does not hide it, and one that is given does
  expect(() => unofficial.fromEnv({ webSocketUrl: undefined }, { WHATSAPP_WEB_URL: "not an address" })).toThrow(/webSocketUrl/);
  expect(() => unofficial.fromEnv({ webSocketUrl: "ws://127.0.0.1:1" }, { WHATSAPP_WEB_URL: "not an address" })).not.toThrow();
});

it("takes the root of a server for tests, for an address of this computer alone", () => {
  const WHATSAPP_WEB_ROOT_KEY = "0f".repeat(32);
  expect(() => unofficial.fromEnv({}, { WHATSAPP_WEB_URL: "ws://127.0.0.1:1/ws/chat", WHATSAPP_WEB_ROOT_KEY })).not.toThrow();
  expect(() => unofficial.fromEnv({}, { WHATSAPP_WEB_ROOT_KEY })).toThrow(/webSocketRootKey/);
});
