import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { BAILEYS, isInRange, lockedVersions, newestIn, peerRange, versionFault } from "./baileys-version.ts";

const RANGE = ">=7.0.0-rc14 <8";

describe("the Baileys of the lockfile", () => {
  it("is one, is the one that is installed, and is within what the package takes", () => {
    const { version } = createRequire(import.meta.url)(`${BAILEYS}/package.json`) as { readonly version: string };
    expect(lockedVersions()).toEqual([version]);
    expect(versionFault(lockedVersions(), peerRange())).toBeUndefined();
  });

  it.each([
    [["6.17.16"], "6.17.16, which is not >=7.0.0-rc14 <8"],
    [["7.0.0-rc.9"], "7.0.0-rc.9, which is not"],
    [["7.0.0-rc13"], "7.0.0-rc13, which is not"],
    [["8.0.0"], "8.0.0, which is not"],
    [[], "holds no @whiskeysockets/baileys"],
    [["7.0.0-rc14", "6.17.16"], "7.0.0-rc14 and 6.17.16"],
  ])("is refused where it is %j", (versions, said) => {
    expect(versionFault(versions, RANGE)).toContain(said);
  });
});

it.each(["7.0.0-rc14", "7.0.0-rc15", "7.0.0", "7.0.1", "7.12.3"])("%s is within the range", (version) => {
  expect(isInRange(version, RANGE)).toBe(true);
});

// npm gives a prerelease to nobody who did not name one of the same release
it.each(["7.1.0-rc1", "8.0.0-rc1", "7.0.0-alpha"])("%s is not", (version) => {
  expect(isInRange(version, RANGE)).toBe(false);
});

it("the newest in a range is so by its version, not by its place or its spelling", () => {
  const versions = ["7.0.0-rc14", "7.0.0-rc.9", "6.17.16", "7.0.0-rc15", "7.0.0-rc13"];
  expect(newestIn(versions, RANGE)).toBe("7.0.0-rc15");
  expect(newestIn([...versions, "7.0.2", "7.0.10"], RANGE)).toBe("7.0.10");
  expect(newestIn(["6.17.16"], RANGE)).toBeUndefined();
});
