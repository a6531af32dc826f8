import { mediaContract } from "@wadesk/testing/contracts";
import { beforeEach, describe } from "vitest";
import { openMetaFiles } from "../media/meta-files.ts";
import { MEDIA_FLAWS, WHOLE_MEDIA } from "./media-flaws.ts";

// a test file that must fail, but for its first suite: see broken-media.test.ts

describe(WHOLE_MEDIA, () => {
  mediaContract("a channel", openMetaFiles);
});

describe.each(MEDIA_FLAWS)("%s", (_name, breaks, wrap) => {
  // of each broken channel only the promise that it breaks is asked for
  beforeEach(({ task, skip }) => {
    if (task.name !== breaks) skip();
  });
  mediaContract("a channel", async () => {
    const world = await openMetaFiles();
    return { ...world, channel: wrap(world.channel) };
  });
});
