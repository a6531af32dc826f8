/** What a client says before its first frame. */
export interface Intro {
  /** `WA`, 6 and the version of the token dictionary (3): the prologue of the handshake. */
  readonly header: Buffer;
  /** What an earlier server told the client to send along; absent on a first connection. */
  readonly routingInfo: Buffer | undefined;
}

/** Cuts a stream of bytes into frames. */
export interface FrameReader {
  /** Known once enough bytes have come. */
  readonly intro: Intro | undefined;
  /** Takes the bytes that came and answers the frames that are complete. Throws when the stream does not begin as WhatsApp Web's does. */
  push(bytes: Uint8Array): readonly Buffer[];
}

const HEADER = Buffer.from([0x57, 0x41, 6, 3]);
const ROUTING = Buffer.from("ED");
const LONGEST_FRAME = 0xff_ff_ff;

/** Reads a client's side: an optional `ED 00 01`, three bytes of length and routing info, then `WA 6 3`, then frames. */
export function frameReader(): FrameReader {
  let rest: Buffer = Buffer.alloc(0);
  // what came behind `rest` and does not complete its frame yet: joined once, not byte by byte
  let more: Uint8Array[] = [];
  let missing = 0;
  let intro: Intro | undefined;
  return {
    get intro() {
      return intro;
    },
    push: (bytes) => {
      more.push(bytes);
      missing -= bytes.length;
      if (missing > 0) return [];
      rest = Buffer.concat([rest, ...more]);
      more = [];
      if (intro === undefined) {
        const read = readIntro(rest);
        if (read === undefined) return [];
        intro = read.intro;
        rest = rest.subarray(read.length);
      }
      const frames: Buffer[] = [];
      for (let end = frameEnd(rest); end !== undefined; end = frameEnd(rest)) {
        frames.push(rest.subarray(3, end));
        rest = rest.subarray(end);
      }
      missing = rest.length < 3 ? 1 : 3 + rest.readUIntBE(0, 3) - rest.length;
      return frames;
    },
  };
}

/** Puts the length in front: three bytes, big endian. Throws for more than 16 MiB. */
export function frame(bytes: Uint8Array): Buffer {
  if (bytes.length > LONGEST_FRAME) throw new RangeError(`a frame of ${bytes.length} bytes is too long`);
  const head = Buffer.alloc(3);
  head.writeUIntBE(bytes.length, 0, 3);
  return Buffer.concat([head, bytes]);
}

function readIntro(bytes: Buffer): { readonly intro: Intro; readonly length: number } | undefined {
  const hasRouting = bytes.subarray(0, 2).equals(ROUTING);
  if (hasRouting && bytes.length < 7) return undefined;
  const start = hasRouting ? 7 + bytes.readUIntBE(4, 3) : 0;
  if (bytes.length < start + HEADER.length) return undefined;
  const header = bytes.subarray(start, start + HEADER.length);
  if (!header.equals(HEADER))
    throw new Error(`a client of WhatsApp Web begins with ${HEADER.toString("hex")}, not ${header.toString("hex")}`);
  const routingInfo = hasRouting ? Buffer.from(bytes.subarray(7, start)) : undefined;
  return { intro: { header, routingInfo }, length: start + HEADER.length };
}

function frameEnd(bytes: Buffer): number | undefined {
  if (bytes.length < 3) return undefined;
  const end = 3 + bytes.readUIntBE(0, 3);
  return bytes.length < end ? undefined : end;
}
