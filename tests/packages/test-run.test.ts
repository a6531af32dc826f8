import { expect, it } from "vitest";
import { leftOut } from "./left-out.ts";
import { testRun } from "./test-run.ts";

it("colours nothing in a pipe unless it is asked to, and leaves a terminal its colours", () => {
  expect(testRun([], {}, false).env).toMatchObject({ NO_COLOR: "1" });
  expect(testRun([], {}, true).env).not.toHaveProperty("NO_COLOR");
  expect(testRun([], { FORCE_COLOR: "1" }, false).env).not.toHaveProperty("NO_COLOR");
});

it("knows a run of all tests from one of some", () => {
  expect(testRun([], {}, true).env).toMatchObject({ WADESK_ALL_TESTS: "1" });
  expect(testRun(["packages/core"], {}, true)).toMatchObject({ values: ["run", "--config", "vitest.workspace.ts", "packages/core"] });
  expect(testRun(["packages/core"], {}, true).env).not.toHaveProperty("WADESK_ALL_TESTS");
});

it("names what is left out with its reason, and says that nothing is wrong", () => {
  expect(leftOut({ "signup in a browser": "no Chromium", storage: undefined })).toBe(
    "Left out on this machine, and nothing is wrong with that: tests are skipped that need what a clone does not bring.\n- signup in a browser: no Chromium",
  );
  expect(leftOut({ storage: undefined })).toBeUndefined();
});
