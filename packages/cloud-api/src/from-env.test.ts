import { expect, it } from "vitest";
import { cloudApi } from "./cloud-api.ts";

const set = { META_APP_ID: "1234567890", META_APP_SECRET: "newest,former", META_VERIFY_TOKEN: "a token, of any text" };

it("is made from the environment, with a secret that is being replaced beside the newest", () => {
  const { settings } = cloudApi.fromEnv({}, { ...set, META_GRAPH_VERSION: "v24.0" });
  expect(settings.defaults).toMatchObject({
    appId: "1234567890",
    appSecret: ["newest", "former"],
    verifyToken: ["a token, of any text"],
    graphVersion: "v24.0",
  });
});

it("lets an option count over its variable", () => {
  expect(cloudApi.fromEnv({ verifyToken: "another" }, set).settings.defaults.verifyToken).toEqual(["another"]);
});

it("names what is not set, and where Meta shows it", () => {
  const make = () => cloudApi.fromEnv({}, { ...set, META_APP_SECRET: "" });
  expect(make).toThrow(/cloudApi\.fromEnv: set META_APP_SECRET \(beside the App ID/);
});
