import { expect, it } from "vitest";
import { bareName, fileNameOf } from "./file-name.ts";

it.each([
  ['attachment; filename="bill.pdf"', "bill.pdf"],
  ["inline; filename=bill.pdf", "bill.pdf"],
  ['attachment; filename="a \\"b\\".pdf"', 'a "b".pdf'],
  ["attachment; filename=\"x.pdf\"; filename*=UTF-8''conta%20de%20luz%20%C3%A9.pdf", "conta de luz é.pdf"],
  ["attachment; filename=\"x.pdf\"; filename*=UTF-8''%ZZ", "x.pdf"],
  ["attachment", undefined],
  ["", undefined],
])("the name in %j is %j", (disposition, name) => {
  expect(fileNameOf(disposition)).toBe(name);
});

it.each([
  ["../../etc/passwd", "passwd"],
  ["C:\\Windows\\win.ini", "win.ini"],
  ["a\u0000b\nc.pdf", "abc.pdf"],
  ["..", undefined],
  ["folder/", undefined],
  ["a\u0085b\u2028c\u2029.pdf", "abc.pdf"],
  ["bill\u202egpj.exe", "billgpj.exe"],
  ["\u2066bill\u2069\u200f\u061c.pdf", "bill.pdf"],
  ["\ufeffbill\u200b.pdf", "bill.pdf"],
  ["half \ud800.pdf", "half .pdf"],
  ["\u202e\u200f", undefined],
  ["family \u{1f468}\u200d\u{1f469}.jpg", "family \u{1f468}\u200d\u{1f469}.jpg"],
  ["x".repeat(300), "x".repeat(240)],
  [`${"x".repeat(300)}.pdf`, `${"x".repeat(236)}.pdf`],
  [`${"\u00e9".repeat(200)}.pdf`, `${"\u00e9".repeat(118)}.pdf`],
  [undefined, undefined],
])("what a stranger named %j is kept as %j", (name, kept) => {
  expect(bareName(name)).toBe(kept);
});
