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

it("asks for no variable whose option is given, and takes one that is undefined for absent", () => {
  const { META_VERIFY_TOKEN: _unset, ...others } = set;
  expect(cloudApi.fromEnv({ verifyToken: "another" }, others).settings.defaults.verifyToken).toEqual(["another"]);
  expect(cloudApi.fromEnv({ appId: "9", appSecret: "s", verifyToken: "t" }, {}).settings.defaults).toMatchObject({ appId: "9" });
  expect(cloudApi.fromEnv({ verifyToken: undefined }, set).settings.defaults.verifyToken).toEqual([set.META_VERIFY_TOKEN]);
  expect(() => cloudApi.fromEnv({ verifyToken: undefined }, others)).toThrow(/set META_VERIFY_TOKEN/);
});

it("names what is not set, and where Meta shows it", () => {
  const make = () => cloudApi.fromEnv({}, { ...set, META_APP_SECRET: "" });
  expect(make).toThrow(/cloudApi\.fromEnv: set META_APP_SECRET \(beside the App ID/);
});

it("refuses what stands in the place of another, and shows nothing of it", () => {
  const token = `EAAB${"x".repeat(60)}`;
  const set = { META_APP_ID: "1", META_APP_SECRET: "a".repeat(32), META_VERIFY_TOKEN: "open" };
  expect(() => cloudApi.fromEnv({}, { ...set, META_APP_SECRET: token })).toThrow(/appSecret looks like an access token/);
  expect(() => cloudApi.fromEnv({}, { ...set, META_APP_SECRET: token })).not.toThrow(/EAAB/);
  expect(cloudApi.fromEnv({}, { ...set, META_VERIFY_TOKEN: " open " }).settings.defaults.verifyToken).toEqual(["open"]);
});
