import type { Connection } from "@wadesk/core";
import type { SpeakerContext } from "@wadesk/core/ports";
import { connectionOf } from "@wadesk/testing";
import { expect, it } from "vitest";
import type { CloudApiSettings } from "../../options.ts";
import { speakerOfApp, speakerOfNumber } from "./speaker.ts";

const number = (speaker: string | undefined, tokensApp: string | undefined): Connection =>
  connectionOf({ channel: "cloud-api", ...(speaker && { speaker }), details: tokensApp === undefined ? {} : { appId: tokensApp } });
const platform = (appId?: string, named: readonly string[] = []): SpeakerContext<CloudApiSettings> => ({
  settings: async () => ({ ...(appId !== undefined && { appId }), appSecret: [], verifyToken: [], graphVersion: "v23.0" }),
  platformSecrets: async () => named.map((of) => ({ secret: "0".repeat(32), of })),
});

// by what was stored, the app of its token, the app that is configured now, and those that secrets are kept of
it.each<[string, string | undefined, string | undefined, string | undefined, string, (readonly string[])?]>([
  ["with an app of its own hears that one, and not the platform's of the same id", "cloud-api:own-app:1", "1", "1", "cloud-api:own-app:1"],
  ["with an app of its own hears no secrets without a name either", "cloud-api:own-app:1", "1", undefined, "cloud-api:own-app:1"],
  ["keeps the app it was connected through", "cloud-api:app:1", "1", "2", "cloud-api:app:1"],
  ["keeps it though its token says another, and though none is configured", "cloud-api:app:1", "3", undefined, "cloud-api:app:1", ["1"]],
  ["hears the nameless secrets where no app is configured and none of its own is kept", "cloud-api:app:1", "1", undefined, "cloud-api:app"],
  ["keeps its app where another one is configured, whatever is kept", "cloud-api:app:1", "1", "2", "cloud-api:app:1", ["2"]],
  ["from before speakers were kept is its token's app's", undefined, "1", "1", "cloud-api:app:1"],
  [
    "from before does not become the app's that is configured since where a secret of its own is kept",
    undefined,
    "1",
    "2",
    "cloud-api:app:1",
    ["2", "1"],
  ],
  [
    "from before goes with the secrets without a name, which count for the configured app",
    undefined,
    "1",
    "2",
    "cloud-api:app:2",
    ["2", "2"],
  ],
  ["from before whose token told no app is the configured one's", undefined, undefined, "2", "cloud-api:app:2"],
  ["connected while no app was named hears the nameless secrets", "cloud-api:app", "1", undefined, "cloud-api:app"],
  ["from before hears them too while no app is named", undefined, "1", undefined, "cloud-api:app"],
  ["connected while no app was named is its token's app's once one is named", "cloud-api:app", "1", "1", "cloud-api:app:1"],
  [
    "connected then through another than the one that is named hears nothing of that one",
    "cloud-api:app",
    "1",
    "2",
    "cloud-api:app:1",
    ["1"],
  ],
  ["connected then goes with the secrets of then once another app is named", "cloud-api:app", "1", "2", "cloud-api:app:2", ["2"]],
])("a number %s", async (_fact, stored, tokensApp, configured, speaker, named) => {
  expect(await speakerOfNumber(number(stored, tokensApp), platform(configured, named))).toBe(speaker);
});

it("secrets without an App ID are one app's, and no named app's", () => {
  expect([speakerOfApp(undefined), speakerOfApp("1"), speakerOfApp("2")]).toEqual(["cloud-api:app", "cloud-api:app:1", "cloud-api:app:2"]);
});
