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
  return (reads: string, looks: "collected" | "as it is"): Promise<Weight> =>
    weighDownload({ graphUrl, mediaId, reads, collects: looks === "collected", ...account.input });
}

describe("a download of 100 MiB", () => {
  it("holds less than 16 MiB outside of the heap, arrayBuffers and external together", async () => {
    const weigh = await openFile(100 * MEBIBYTE);
    const { bytes, most } = await weigh("ours", "collected");
    expect(bytes).toBe(100 * MEBIBYTE);
    expect(most).toBeLessThan(16 * MEBIBYTE);
  });

  it("leaves no more to the collector than a bare fetch of the same bytes", { timeout: 240_000 }, async () => {
    const weigh = await openFile(100 * MEBIBYTE);
    const [bare, ours]: [number[], number[]] = [[], []];
    // by turns, and the middle of three: when the collector comes is its own business
    for (let turn = 0; turn < 3; turn += 1) {
      bare.push((await weigh("bare fetch", "as it is")).most);
      ours.push((await weigh("ours", "as it is")).most);
    }
    expect(middleOf(ours)).toBeLessThan(middleOf(bare) * 1.1 + 8 * MEBIBYTE);
  });

  it("is seen by its measure to hold all of a file that an application keeps", async () => {
    const weigh = await openFile(20 * MEBIBYTE);
    expect((await weigh("hoard", "collected")).most).toBeGreaterThan(20 * MEBIBYTE);
  });
});

function middleOf(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}
