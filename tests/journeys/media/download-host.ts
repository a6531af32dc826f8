import { cloudApi } from "@wadesk/cloud-api";
import { createWadesk } from "@wadesk/core";

// the process of an application that downloads one file from a fake of Meta's and tells what it cost: `weigh.ts` starts it

/** What it is told, as JSON in its first argument. */
interface Order {
  readonly graphUrl: string;
  readonly phoneNumberId: string;
  readonly wabaId: string;
  readonly accessToken: string;
  readonly mediaId: string;
  /** By ours; by ours keeping all of it, as an application would that wants a whole; or the same bytes by `fetch` alone. */
  readonly reads: "ours" | "hoard" | "bare fetch";
  /** Whether what nobody holds is collected before each look. */
  readonly collects: boolean;
}

const { graphUrl, mediaId, reads, collects, ...input } = JSON.parse(process.argv[2] ?? "") as Order;
const collect = globalThis.gc;
if (collect === undefined) throw new Error("start it with --expose-gc: what nobody holds any longer is no cost of the download");

// whichever way is weighed, the process did the same before: how late the collector comes depends on it
const wadesk = createWadesk({
  channels: [cloudApi({ graphUrl })],
  encryptionKeys: `k1:${Buffer.alloc(32, 7).toString("base64url")}`,
});
const acme = wadesk.workspace("acme");
await acme.connect("cloud-api", input);

async function ours(): Promise<ReadableStream<Uint8Array>> {
  return (await acme.media.download({ id: mediaId })).stream;
}

async function bare(): Promise<ReadableStream<Uint8Array>> {
  const headers = { authorization: `Bearer ${input.accessToken}` };
  const described = await fetch(`${graphUrl}/v23.0/${mediaId}`, { headers });
  const { url } = (await described.json()) as { readonly url: string };
  const { body } = await fetch(url, { headers });
  if (body === null) throw new Error("the file has no bytes");
  return body;
}

/** What lies outside of the heap, in bytes. Of `external` the `arrayBuffers` are a part. */
function weigh(): number {
  const { arrayBuffers, external } = process.memoryUsage();
  return arrayBuffers + external;
}

const LOOK_EVERY = collects ? 1024 * 1024 : 0;
const stream = await (reads === "bare fetch" ? bare() : ours());
const pieces: Uint8Array[] = [];
collect();
const before = weigh();
let [bytes, looked, most] = [0, 0, 0];
for await (const piece of stream) {
  bytes += piece.byteLength;
  if (reads === "hoard") pieces.push(piece);
  if (bytes - looked < LOOK_EVERY) continue;
  looked = bytes;
  if (collects) collect();
  most = Math.max(most, weigh() - before);
}
process.stdout.write(`${JSON.stringify({ bytes, most })}\n`);
