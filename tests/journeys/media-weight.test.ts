import { describe, expect, it } from "vitest";
import { type Weight, weighDownload } from "./media/weigh.ts";
import { openWorld } from "./world/open-world.ts";

const MEBIBYTE = 1024 * 1024;

/** A file at Meta's, and what it costs to download it in one way or another. */
async function openFile(size: number) {
  const { meta, account, graphUrl } = await openWorld({ webhook: false });
  const bytes = new Uint8Array(size).fill(7);
  meta.addContact().sendFile(account.numberId, { type: "document", bytes, mimeType: "application/pdf", fileName: "all.pdf" });
  const [received] = meta.received;
  const { id: mediaId } = (received?.payload.document ?? {}) as { readonly id?: string };
  return (reads: string, collects = false): Promise<Weight> => weighDownload({ graphUrl, mediaId, reads, collects, ...account.input });
}

describe("a download of 100 MiB", () => {
  it("holds less than 16 MiB outside of the heap, arrayBuffers and external together", { timeout: 120_000 }, async () => {
    const weigh = await openFile(100 * MEBIBYTE);
    const { bytes, both } = await weigh("pieces", true);
    expect(bytes).toBe(100 * MEBIBYTE);
    expect(both).toBeLessThan(16 * MEBIBYTE);
  });

  it("leaves no more to the collector than a bare fetch of the same bytes", { timeout: 120_000 }, async () => {
    const weigh = await openFile(100 * MEBIBYTE);
    const floor = await weigh("bare fetch");
    const ours = await weigh("pieces");
    expect([floor.bytes, ours.bytes]).toEqual([100 * MEBIBYTE, 100 * MEBIBYTE]);
    // the mean: the peak is the collector's mood
    expect(ours.mean).toBeLessThan(floor.mean * 1.1 + 4 * MEBIBYTE);
  });

  it("costs less than 16 MiB that nobody collects for it, when it is read into one buffer", { timeout: 120_000 }, async () => {
    const weigh = await openFile(100 * MEBIBYTE);
    const { bytes, external } = await weigh("one buffer");
    expect(bytes).toBe(100 * MEBIBYTE);
    expect(external).toBeLessThan(16 * MEBIBYTE);
  });

  it("is seen by its measure to hold all of a file that an application keeps", { timeout: 120_000 }, async () => {
    const weigh = await openFile(20 * MEBIBYTE);
    expect((await weigh("hoard", true)).both).toBeGreaterThan(20 * MEBIBYTE);
  });
});
