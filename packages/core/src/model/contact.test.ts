import { expect, it } from "vitest";
import { phoneKey } from "./contact.ts";

it.each([
  ["a Brazilian mobile number with and without its ninth digit", "+5511987654321", "+551187654321", true],
  ["a Brazilian mobile number and a landline", "+5511937654321", "+551137654321", false],
  ["a Mexican number with and without the 1", "+5215512345678", "+525512345678", true],
  ["an American number and one a digit longer", "+15550001111", "+115550001111", false],
])("%s: %s, %s, one number: %s", (_name, left, right, same) => {
  expect(phoneKey(left) === phoneKey(right)).toBe(same);
});
