import { describe, expect, it } from "vitest";
import { arrowFaults } from "./arrows.ts";
import { packageFiles } from "./source-files.ts";

describe("the arrows between the packages", () => {
  // reads every file, which takes a while on a busy machine
  it("hold in every file", () => {
    expect(packageFiles().flatMap(arrowFaults)).toEqual([]);
  });

  it.each([
    ["a channel imports core", "packages/cloud-api/src/graph/client.ts", 'import type { Channel } from "@wadesk/core";'],
    ["a test imports the test kit", "packages/webhooks/src/handler.test.ts", 'import { signMeta } from "@wadesk/testing";'],
    ["a stand-in for tests imports the test kit", "packages/webhooks/src/testing/echo.ts", 'import { signMeta } from "@wadesk/testing";'],
    ["a mount imports node:http", "packages/webhooks/src/mounts/node.ts", 'import type { ServerResponse } from "node:http";'],
    ["webhooks name the type of node:crypto", "packages/webhooks/src/hmac.ts", 'type Crypto = typeof import("node:crypto");'],
    ["a test of core imports node:crypto", "packages/core/src/vault/keys.test.ts", 'import { randomBytes } from "node:crypto";'],
    ["the test kit, which is for Node, imports node:http", "packages/testing/src/server.ts", 'import { createServer } from "node:http";'],
    [
      "the bridge as a program opens a storage",
      "packages/unofficial/src/service/start-service.ts",
      'const later = () => import("@wadesk/storage/sqlite");',
    ],
    ["a file imports its neighbour", "packages/core/src/inbox/pump.ts", 'import { seal } from "../vault/seal.ts";'],
  ])("allow that %s", (_name, path, text) => {
    expect(arrowFaults({ path, text })).toEqual([]);
  });

  it.each([
    ["a channel imports another", "packages/cloud-api/src/index.ts", 'import { twilio } from "@wadesk/twilio";'],
    [
      "webhooks import a channel, if only its types",
      "packages/webhooks/src/handler.ts",
      'import type { X } from "@wadesk/cloud-api/inbound";',
    ],
    ["webhooks re-export from a channel", "packages/webhooks/src/index.ts", 'export { normalizeMeta } from "@wadesk/cloud-api/inbound";'],
    ["core imports webhooks on first use", "packages/core/src/index.ts", 'const later = () => import("@wadesk/webhooks");'],
    ["a source file imports the test kit", "packages/webhooks/src/handler.ts", 'import { signMeta } from "@wadesk/testing";'],
    ["a channel opens a storage", "packages/unofficial/src/unofficial.ts", 'const later = () => import("@wadesk/storage/sqlite");'],
    ["core imports node:crypto", "packages/core/src/vault/keys.ts", 'import { randomBytes } from "node:crypto";'],
    ["core imports a Node module without its prefix", "packages/core/src/vault/keys.ts", 'import { randomBytes } from "crypto";'],
    ["webhooks import node:crypto outside the mounts", "packages/webhooks/src/verify/hmac.ts", 'import { createHmac } from "node:crypto";'],
    ["a file reaches into another package", "packages/webhooks/src/a.ts", 'import { seal } from "../../core/src/vault/seal.ts";'],
    ["a file reaches out of src", "packages/core/src/index.ts", 'import manifest from "../package.json";'],
    ["a source file imports a stand-in for tests", "packages/core/src/index.ts", 'import { echo } from "./testing/echo-channel.ts";'],
    ["an import lacks its file ending", "packages/core/src/index.ts", 'import { seal } from "./vault/seal";'],
    ["a package that nobody has drawn imports anything", "packages/telegram/src/index.ts", 'import { x } from "@wadesk/core";'],
  ])("refuse that %s", (_name, path, text) => {
    expect(arrowFaults({ path, text })).toHaveLength(1);
  });
});
