import { expect, it } from "vitest";
import { unofficial } from "./unofficial.ts";

it("is made from an environment in which nothing need be set", () => {
  expect(unofficial.fromEnv({}, {}).kind).toBe("unofficial");
});

it("refuses a variable that cannot work, by the name of its option", () => {
  expect(() => unofficial.fromEnv({}, { WHATSAPP_WEB_URL: "not an address" })).toThrow(/webSocketUrl/);
});
