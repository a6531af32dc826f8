import { expect, it } from "vitest";
import { canonicalDigits, isSameNumber } from "./canonical-digits.ts";

it.each([
  ["Brazil with and without the ninth digit", "+5511988887777", "551188887777"],
  ["Argentina with and without the 9", "+5491112345678", "541112345678"],
  ["Argentina as it is written in Buenos Aires", "+54111512345678", "5491112345678"],
  ["Argentina as it is written in Rosario", "+54341151234567", "5493411234567"],
  ["Argentina as it is written in Río Gallegos", "+542966151234 56".replace(" ", ""), "5492966123456"],
  ["Mexico with and without the 1", "+5215512345678", "525512345678"],
  ["a number with the plus and without it", "+15550001111", "15550001111"],
])("%s is one number", (_what, one, other) => {
  expect(canonicalDigits(one)).toBe(canonicalDigits(other));
  expect(isSameNumber(one, other)).toBe(true);
});

it.each([
  ["a landline of Brazil and the mobile number that ends like it", "+551133334444", "+5511933334444"],
  ["two areas of Argentina", "+541112345678", "+542212345678"],
  ["a number and one that is longer by a digit", "+15550001111", "+155500011112"],
  ["numbers of two countries that end alike", "+521234567890", "+541234567890"],
])("%s are two", (_what, one, other) => {
  expect(isSameNumber(one, other)).toBe(false);
});

it("what it answers is the same when it is asked of that again", () => {
  for (const phone of ["+5511988887777", "+5491112345678", "+54111512345678", "+5215512345678"]) {
    expect(canonicalDigits(canonicalDigits(phone))).toBe(canonicalDigits(phone));
  }
});
