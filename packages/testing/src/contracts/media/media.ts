import { inspect } from "node:util";
import { type AnyChannel, createWadesk, isWadeskError, type MediaFile, memoryStorage, type Workspace } from "@wadesk/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { recordingLogger } from "../../recording-logger.ts";
import { HIDDEN, type Network, openNetwork, STRANGER, STRANGERS_WORDS } from "./network.ts";

/** What a vendor's fake can do to the next download of a file. */
export interface FileMishaps {
  /** One byte is another than when it was described. */
  spoiled(): void;
  /** The connection breaks after so many bytes. */
  cut(afterBytes: number): void;
  /** Its address leads on to another. */
  moved(location: string): void;
  /** The link to its bytes has ended. */
  linkExpired(): void;
  /** It is no longer there. */
  gone(media: MediaFile): Promise<void>;
}

/** A channel under test, with a vendor that has two numbers of one account. */
export interface MediaUnderTest {
  /** The channel itself. */
  readonly channel: AnyChannel;
  /** Reaches the vendor's fake, and follows no redirect that it is not asked to. */
  readonly fetch: typeof fetch;
  /** Told how the internet of the test is reached, where a service of the channel's own fetches files for it. */
  readonly behind?: (internet: { readonly fetch: typeof fetch; readonly lookup: (hostname: string) => Promise<readonly string[]> }) => void;
  /** What a person types to connect the number that files come to. */
  readonly input: unknown;
  /** The same of another number of the same account, in other hands: its credentials may well open the first one's files. */
  readonly otherInput: unknown;
  /** The texts among them that must never show. */
  readonly secrets: readonly string[];
  /** Somebody sends a picture (`image/png`) to the first number. Answers it as an event names it. */
  readonly receive: (bytes: Uint8Array) => Promise<MediaFile>;
  /** What can be done to the next download. */
  readonly mishaps: FileMishaps;
  /** Whether the vendor says what hash a file has. */
  readonly tellsHash: boolean;
  /** How many bytes the vendor takes of a picture; absent where it takes none at all. */
  readonly largestPicture?: number;
  /** The vendor is told a file's hash before its bytes, so that a channel reads it to its end before the first of them goes out. */
  readonly hashFirst?: true;
}

const PICTURE = new TextEncoder().encode("a picture");
const MEGABYTE = 1024 * 1024;
// a piece on its way, and one that waits behind it; not the file
const AT_HAND = 256 * 1024;

/** What every channel with files promises, whatever its client is asked. Call it once from the channel's own test file; `open` makes a fresh vendor each time. */
export function mediaContract(name: string, open: () => Promise<MediaUnderTest>): void {
  describe(`${name} keeps the media contract`, () => {
    let world: MediaUnderTest;
    let network: Network;
    let lines: unknown;
    let acme: Workspace<AnyChannel>;
    let rival: Workspace<AnyChannel>;
    let connectionId: string;
    let stop = async (): Promise<void> => {};
    beforeEach(async () => {
      world = await open();
      network = openNetwork(world.fetch);
      world.behind?.(network);
      const { log, lines: logged } = recordingLogger();
      lines = logged;
      const { fetch, lookup } = network;
      const wadesk = createWadesk({ channels: [world.channel], storage: memoryStorage(), encryptionKeys: KEYS, log, fetch, lookup });
      // a session is kept open by a client that was started
      if (world.channel.session !== undefined) await wadesk.start();
      stop = () => wadesk.stop();
      acme = wadesk.workspace("acme");
      rival = wadesk.workspace("rival");
      connectionId = (await acme.connect(world.channel.kind, world.input as never)).id;
    });

    afterEach(() => stop());

    const readingOf = async (media: MediaFile, workspace = acme): Promise<Reading> => {
      try {
        const { stream } = await workspace.media.download(media);
        return { text: await new Response(stream).text(), error: undefined };
      } catch (error) {
        return { text: undefined, error };
      }
    };
    const shown = (...values: readonly unknown[]): string[] => {
      const text = inspect(values, { depth: 20, showHidden: true }) + JSON.stringify(values);
      return world.secrets.filter((secret) => text.includes(secret));
    };
    const sentTo = (url: string): readonly (string | null)[] =>
      network.sent.filter((each) => each.url === url).map(({ authorization }) => authorization);

    it("downloads what came in, with its type and size", async () => {
      const { stream, mimeType, sizeBytes } = await acme.media.download(await world.receive(PICTURE));
      expect(await new Response(stream).text()).toBe("a picture");
      expect([mimeType, sizeBytes]).toEqual(["image/png", PICTURE.byteLength]);
    });

    it("takes from the vendor no more than is read, and hangs up when the reader is done", async () => {
      const media = await world.receive(new Uint8Array(4 * MEGABYTE));
      const { stream } = await acme.media.download(media);
      const reader = stream.getReader();
      await reader.read();
      await reader.cancel();
      expect(network.taken()).toBeLessThanOrEqual(AT_HAND);
      expect(network.hungUp()).toBe(true);
    });

    it("notices that the bytes are others than the vendor described", async ({ skip }) => {
      if (!world.tellsHash) skip("this vendor tells no hash");
      const { sha256: _, ...media } = await world.receive(PICTURE);
      world.mishaps.spoiled();
      expect(codeOf(await readingOf(media))).toBe("media_corrupt");
    });

    it("does not take half a file for a whole one", async () => {
      const { sha256: _, ...media } = await world.receive(PICTURE);
      world.mishaps.cut(4);
      expect(["media_unavailable", "media_corrupt"]).toContain(codeOf(await readingOf(media)));
    });

    it("asks anew for a link that has ended", async () => {
      const media = await world.receive(PICTURE);
      world.mishaps.linkExpired();
      expect((await readingOf(media)).text).toBe("a picture");
    });

    it("says so when the vendor has the file no longer, and the connection is as well as before", async () => {
      const media = await world.receive(PICTURE);
      await world.mishaps.gone(media);
      expect(codeOf(await readingOf(media))).toBe("media_not_found");
      expect((await acme.get(connectionId)).status.state).toBe("connected");
    });

    it("opens no file that came to another's number, though the account is the same", async () => {
      const media = await world.receive(PICTURE);
      await rival.connect(world.channel.kind, world.otherInput as never);
      expect((await readingOf(media)).text).toBe("a picture");
      const taken = network.taken();
      expect([codeOf(await readingOf(media, rival)), network.taken()]).toEqual(["media_not_found", taken]);
    });

    it("follows a file to where it has moved, and leaves the credentials behind", async () => {
      const { sha256: _, ...media } = await world.receive(PICTURE);
      world.mishaps.moved(STRANGER);
      // what lies there need not be what was described
      await readingOf(media);
      expect(sentTo(STRANGER)).toEqual([null]);
      expect(shown(network.sent.filter(({ url }) => url === STRANGER))).toEqual([]);
    });

    it("follows a file to no address that is not public, or not https", async () => {
      const media = await world.receive(PICTURE);
      for (const location of HIDDEN) {
        world.mishaps.moved(location);
        expect([location, codeOf(await readingOf(media)), sentTo(location)]).toEqual([location, "media_address_refused", []]);
      }
    });

    it("fetches a file at a stranger's address without credentials", async () => {
      expect((await readingOf({ url: STRANGER })).text).toBe(STRANGERS_WORDS);
      expect(sentTo(STRANGER)).toEqual([null]);
    });

    it("fetches no file at an address that is not public, or not https", async () => {
      for (const url of HIDDEN) {
        expect([url, codeOf(await readingOf({ url })), sentTo(url)]).toEqual([url, "media_address_refused", []]);
      }
    });

    it("shows no secret when the vendor cannot be reached", async () => {
      const media = await world.receive(PICTURE);
      network.cutOff = true;
      const { error } = await readingOf(media);
      expect(isWadeskError(error)).toBe(true);
      expect(shown(error, lines)).toEqual([]);
    });

    it("brings bytes to the vendor, where they are found again", async ({ skip }) => {
      if (world.largestPicture === undefined) skip("this vendor takes no bytes");
      const { media } = await acme.media.upload({ data: PICTURE, mimeType: "image/png", fileName: 'a "b".png' });
      expect((await readingOf(media)).text).toBe("a picture");
    });

    it("brings a stream while it is read, without holding it", async ({ skip }) => {
      if (world.largestPicture === undefined) skip("this vendor takes no bytes");
      if (world.hashFirst) skip("this vendor wants the hash before the bytes");
      const ahead: number[] = [];
      let read = 0;
      network.onUpload = (bytes) => void ahead.push(read - bytes);
      const data = new ReadableStream<Uint8Array>(
        {
          pull(controller) {
            if (read === MEGABYTE) return controller.close();
            read += 64 * 1024;
            controller.enqueue(new Uint8Array(64 * 1024));
          },
        },
        { highWaterMark: 0 },
      );
      const { media, sizeBytes } = await acme.media.upload({ data, mimeType: "image/png" });
      expect([sizeBytes, (await readingOf(media)).text?.length]).toEqual([MEGABYTE, MEGABYTE]);
      expect(ahead.length).toBeGreaterThan(4);
      expect(Math.max(...ahead)).toBeLessThanOrEqual(AT_HAND);
    });

    it("brings a stream to its end", async ({ skip }) => {
      if (world.largestPicture === undefined) skip("this vendor takes no bytes");
      const data = new Blob([new Uint8Array(MEGABYTE)]).stream();
      const { media, sizeBytes } = await acme.media.upload({ data, mimeType: "image/png" });
      expect([sizeBytes, (await readingOf(media)).text?.length]).toEqual([MEGABYTE, MEGABYTE]);
    });

    it("refuses what is larger than the vendor takes before the vendor has to", async ({ skip }) => {
      const { largestPicture } = world;
      if (largestPicture === undefined) return skip("this vendor takes no bytes");
      const asked = network.sent.length;
      const upload = acme.media.upload({ data: new Uint8Array(largestPicture + 1), mimeType: "image/png" });
      expect(
        codeOf(
          await upload.then(
            () => ({ error: undefined }),
            (error: unknown) => ({ error }),
          ),
        ),
      ).toBe("media_too_large");
      expect(network.sent.length).toBe(asked);
    });
  });
}

const KEYS: string = `k1:${Buffer.alloc(32, "the key of the contract").toString("base64url")}`;

interface Reading {
  readonly text: string | undefined;
  readonly error: unknown;
}

function codeOf({ error }: { readonly error: unknown }): unknown {
  return isWadeskError(error) ? error.code : error;
}
