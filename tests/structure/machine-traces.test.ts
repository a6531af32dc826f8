import { expect, it } from "vitest";
import { traceFaults } from "./machine-traces.ts";
import { repositoryFiles } from "./source-files.ts";

const faults = (text: string): readonly string[] => traceFaults({ path: "docs/guide.md", text });

it("no file of the repository tells of a machine, a registry host or a private key", () => {
  expect(repositoryFiles().flatMap(traceFaults)).toEqual([]);
});

it("lets URLs, globs and relative paths through", () => {
  expect(faults("https://example.com/work/list, ../home/ana/x, packages/*/src/, `/webhooks/whatsapp/inbound`")).toEqual([]);
  expect(faults("npmjs.com/package/ky is a page, and -----BEGIN PUBLIC KEY----- may be shown")).toEqual([]);
});

it.each([
  ["a home folder", ["see /hom", "e/ana/project"]],
  ["a work folder", ["cd /wor", "k/main"]],
  ["a temporary file", ['"/tm', 'p/check/out.json"']],
  ["a Mac user's folder", ["(/User", "s/ana/sdk)"]],
  ["a Windows user's folder", ["C:\\User", "s\\ana"]],
  ["a registry host", ["https://registry.np", "mjs.org/ky"]],
  ["a private key", ["-----BEGIN RSA PRIVATE KE", "Y-----"]],
])("finds %s", (_name, pieces) => {
  expect(faults(`first line\n${pieces.join("")}`)).toEqual([expect.stringMatching(/^docs\/guide\.md:2 holds /)]);
});
