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
  /** By ours, piece by piece or into one buffer; by `fetch` alone; or by ours into a heap, as an application would that wants the whole file. */
  readonly reads: "pieces" | "one buffer" | "bare fetch" | "hoard";
  /** Whether what nobody holds is collected before each look. */
  readonly collects: boolean;
}

const { graphUrl, mediaId, reads, collects, ...input } = JSON.parse(process.argv[2] ?? "") as Order;
const collect = globalThis.gc;
if (collect === undefined) throw new Error("start it with --expose-gc: what nobody holds any longer is no cost of the download");

async function ours(): Promise<ReadableStream<Uint8Array>> {
  const wadesk = createWadesk({
    channels: [cloudApi({ graphUrl })],
    encryptionKeys: `k1:${Buffer.alloc(32, 7).toString("base64url")}`,
  });
  const acme = wadesk.workspace("acme");
  await acme.connect("cloud-api", input);
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

async function* piecesInto(buffer: ArrayBuffer, stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader({ mode: "byob" });
  for (let into = buffer; ; ) {
    const { done, value } = await reader.read(new Uint8Array(into));
    if (done) return;
    yield value;
    into = value.buffer;
  }
}

/** What lies outside of the heap, in bytes. Of `external` the `arrayBuffers` are a part. */
function weigh(): { readonly external: number; readonly both: number } {
  const { arrayBuffers, external } = process.memoryUsage();
  return { external, both: arrayBuffers + external };
}

const LOOK_EVERY = collects ? 1024 * 1024 : 0;
const stream = await (reads === "bare fetch" ? bare() : ours());
const pieces: Uint8Array[] = [];
collect();
const before = weigh();
let [bytes, looked, looks, external, both, sum] = [0, 0, 0, 0, 0, 0];
for await (const piece of reads === "one buffer" ? piecesInto(new ArrayBuffer(65_536), stream) : stream) {
  bytes += piece.byteLength;
  if (reads === "hoard") pieces.push(piece);
  if (bytes - looked < LOOK_EVERY) continue;
  looked = bytes;
  if (collects) collect();
  const now = weigh();
  looks += 1;
  sum += now.external - before.external;
  external = Math.max(external, now.external - before.external);
  both = Math.max(both, now.both - before.both);
}
process.stdout.write(`${JSON.stringify({ bytes, external, both, mean: sum / looks })}\n`);
