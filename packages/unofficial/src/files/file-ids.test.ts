import { describe, expect, it } from "vitest";
import { memoryRecords } from "../testing/memory-records.ts";
import { type FileReference, fileIds } from "./file-ids.ts";

const file: FileReference = {
  kind: "image",
  path: "/v/1",
  mediaKey: "a2V5",
  sha256: "aGFzaA",
  sealedSha256: "aGFzaA",
  size: 3,
  mimeType: "image/png",
};

describe("the id of a file", () => {
  it("is the same whenever it is made, also after a restart, and says nothing to whoever sees it", async () => {
    const records = memoryRecords();
    const id = (await fileIds(records)).seal(file);
    const later = await fileIds(records);
    expect(later.seal(file)).toBe(id);
    expect(later.open(id)).toEqual(file);
    expect(Buffer.from(id, "base64url").toString("latin1")).not.toContain("a2V5");
  });

  it("is none to another connection, and neither is one that was changed", async () => {
    const ids = await fileIds(memoryRecords());
    const id = ids.seal(file);
    expect((await fileIds(memoryRecords())).open(id)).toBeUndefined();
    for (const each of ["", "1", `${id.slice(0, -4)}AAAA`, `A${id}`]) expect(ids.open(each)).toBeUndefined();
  });
});
