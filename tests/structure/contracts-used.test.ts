import { describe, expect, it } from "vitest";
import { contractFaults, implementationsOf } from "./contracts-used.ts";
import { filesLike, packageFiles, type SourceFile } from "./source-files.ts";

const channel: SourceFile = {
  path: "packages/cloud-api/src/cloud-api.ts",
  text: 'export type CloudApiChannel = Channel<"cloud-api", Input, Details, Secret, Settings>;\nexport function cloudApi(): CloudApiChannel { return made; }',
};
const withFiles: SourceFile = {
  ...channel,
  text: `${channel.text}\nconst made = {\n  line: () => ({\n    media: {\n      open,\n    },\n  }),\n};`,
};
const source: SourceFile = {
  path: "packages/cloud-api/src/inbound/source.ts",
  text: "export const metaSource: WebhookSource<Settings> = { scheme };",
};
const storage: SourceFile = {
  path: "packages/core/src/memory/memory-storage.ts",
  text: "export function memoryStorage(): Storage { return rows; }",
};
const mount: SourceFile = {
  path: "packages/webhooks/src/mounts/node.ts",
  text: "export function toNode(handler: Handler): Listener { return listen; }",
};
const test = (path: string, text: string): SourceFile => ({ path, text });

describe("contracts", () => {
  // reads every file, which takes a while on a busy machine
  it("are called for every implementation of a port", () => {
    expect(contractFaults([...packageFiles(), ...filesLike("tests/{contracts,journeys,types}/**/*.test.ts")])).toEqual([]);
  });

  it("find channels behind their own type name, storages, webhook sources and mounts", () => {
    expect(implementationsOf([channel, source, storage, mount]).map(({ name, port }) => `${name}: ${port}`)).toEqual([
      "cloudApi: Channel",
      "metaSource: WebhookSource",
      "memoryStorage: Storage",
      "toNode: Mount",
    ]);
    expect(implementationsOf([withFiles]).map(({ name, port }) => `${name}: ${port}`)).toEqual([
      "cloudApi: Channel",
      "cloudApi: Line.media",
    ]);
  });

  it("ask nothing of what only hands a channel on, is there for tests, or keeps an implementation to itself", () => {
    expect(implementationsOf([{ path: "packages/core/src/pick.ts", text: "export function pick(): AnyChannel { return one; }" }])).toEqual(
      [],
    );
    expect(
      implementationsOf([{ path: "packages/core/src/testing/echo.ts", text: "export function echo(): Storage { return one; }" }]),
    ).toEqual([]);
    expect(implementationsOf([{ path: "packages/core/src/rows.ts", text: "function rows(): Storage { return one; }" }])).toEqual([]);
  });

  it("accept a test in the package or in tests that hands the implementation over", () => {
    const near = test("packages/cloud-api/src/cloud-api.test.ts", 'channelContract("cloud-api", () => cloudApi());');
    const sources = test("packages/cloud-api/src/inbound/source.test.ts", "webhookSourceContract(cloudApi().webhook);");
    const far = test("tests/journeys/memory-storage.test.ts", 'storageContract("memory", async () => memoryStorage());');
    const mounts = test("packages/webhooks/src/mounts/node.test.ts", 'mountContract("node", (handler) => serve(toNode(handler)));');
    expect(contractFaults([channel, source, storage, mount, near, sources, far, mounts])).toEqual([]);
  });

  it.each([
    ["no test", channel, []],
    ["a test that calls another contract", channel, [test("packages/cloud-api/src/a.test.ts", "storageContract(cloudApi());")]],
    ["a test that hands over something else", storage, [test("packages/core/src/a.test.ts", "storageContract(otherStorage());")]],
    ["a test of all but its files", withFiles, [test("packages/cloud-api/src/a.test.ts", "channelContract(cloudApi());")]],
    ["a test in another package", mount, [test("packages/core/src/a.test.ts", "mountContract(toNode);")]],
    ["a source file that is no test", channel, [test("packages/cloud-api/src/a.ts", "channelContract(cloudApi());")]],
  ] as const)("refuse an implementation with %s", (_name, file, tests) => {
    expect(contractFaults([file, ...tests])).toHaveLength(1);
  });
});
