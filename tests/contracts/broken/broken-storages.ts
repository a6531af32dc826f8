import { memoryStorage } from "@wadesk/core";
import { storageContract } from "@wadesk/testing/contracts";
import { beforeEach, describe } from "vitest";
import { noticing } from "./flaw.ts";
import { FLAWS, WHOLE } from "./flaws.ts";

// a test file that must fail, but for its first suite: see broken.test.ts

describe(WHOLE, () => {
  storageContract("memoryStorage", async (time) => noticing(memoryStorage(time)));
});

describe.each(FLAWS)("%s", (_name, breaks, wrap) => {
  // of each broken storage only the promise that it breaks is asked for
  beforeEach(({ task, skip }) => {
    if (`${task.suite?.name} ${task.name}` !== breaks) skip();
  });
  storageContract("memoryStorage", async (time) => wrap(noticing(memoryStorage(time))));
});
