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
  /** Whether it keeps what it read, as an application would that wants the whole file. */
  readonly hoards: boolean;
}

const { graphUrl, mediaId, hoards, ...input } = JSON.parse(process.argv[2] ?? "") as Order;
const wadesk = createWadesk({
  channels: [cloudApi({ graphUrl })],
  encryptionKeys: `k1:${Buffer.alloc(32, 7).toString("base64url")}`,
});
const acme = wadesk.workspace("acme");
await acme.connect("cloud-api", input);

const collect = globalThis.gc;
if (collect === undefined) throw new Error("start it with --expose-gc: what nobody holds any longer is no cost of the download");

/** What lies outside of the heap and is held, in bytes. Of `external` the `arrayBuffers` are a part. */
function held(): number {
  collect?.();
  const { arrayBuffers, external } = process.memoryUsage();
  return arrayBuffers + external;
}

const LOOK_EVERY = 1024 * 1024;
const before = held();
let [bytes, looked, most] = [0, 0, 0];
const { stream } = await acme.media.download({ id: mediaId });
const pieces: Uint8Array[] = [];
for await (const piece of stream) {
  bytes += piece.byteLength;
  if (hoards) pieces.push(piece);
  if (bytes - looked < LOOK_EVERY) continue;
  looked = bytes;
  most = Math.max(most, held() - before);
}
process.stdout.write(`${JSON.stringify({ bytes, held: most })}\n`);
