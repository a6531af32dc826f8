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
  ["x".repeat(300), "x".repeat(240)],
  [undefined, undefined],
])("what a stranger named %j is kept as %j", (name, kept) => {
  expect(bareName(name)).toBe(kept);
});
